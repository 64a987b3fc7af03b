//! The framing `Magic`: garbage is skipped, counted and bounded, and the next frame is found whatever
//! was damaged.

use protocol_core::checksum::{crc16_xmodem, crc32};
use protocol_core::frame::{Checksummed, Decode, Decoded, FrameErrorKind, Length, Magic};

use crate::damage::damaged;
use crate::stream::{Seen, decode, encode};

fn framing() -> Magic<Length> {
    Magic::new(b"\xaa\x55", Length::u8())
}

fn said(message: &[u8]) -> Seen {
    Seen::Message(message.to_vec())
}

fn garbage(skipped: u64) -> Seen {
    Seen::Bad(FrameErrorKind::Garbage { skipped }, 0)
}

#[test]
fn garbage_is_skipped_and_counted() {
    let stream = b"noise\xaa\x55\x02hi\xaa!\xaa\x55\x00\xaa\x55\x01.";
    let seen = vec![garbage(5), said(b"hi"), garbage(2), said(b""), said(b".")];
    let single: Vec<_> = stream.chunks(1).collect();
    assert_eq!(decode(&framing(), &[stream]).seen, seen);
    assert_eq!(decode(&framing(), &single).seen, seen);
}

#[test]
fn garbage_is_not_kept() {
    let mut magic = framing();
    assert_eq!(magic.decode(&mut [7; 100]), Ok(Decoded::Filler { consumed: 100 }));
    assert_eq!(magic.decode(&mut b"12\xaa".to_vec()), Ok(Decoded::Filler { consumed: 2 }));
    assert_eq!(magic.decode(&mut b"\xaa".to_vec()), Ok(Decoded::Need(1)));
    assert_eq!(magic.decode(&mut []), Ok(Decoded::Need(2)));
}

#[test]
fn a_magic_that_begins_with_itself() {
    let framing = Magic::new(b"aab", Length::u8());
    let stream = b"aaab\x01.aaaab\x01!";
    let seen = [garbage(1), said(b"."), garbage(2), said(b"!")];
    assert_eq!(decode(&framing, &[stream]).seen, seen);
}

#[test]
fn too_much_garbage_ends_the_stream() {
    let framing = framing().garbage_max(10);
    let end = Seen::End(FrameErrorKind::NoFrame { allowed: 10 });
    let frame = &b"\xaa\x55\x00"[..];
    assert_eq!(decode(&framing, &[&[7; 10], frame]).seen, [garbage(10), said(b"")]);
    assert_eq!(decode(&framing, &[&[7; 11], frame]).seen, std::slice::from_ref(&end));
    let single = [7; 11];
    assert_eq!(
        decode(&framing, &single.chunks(1).collect::<Vec<_>>()).seen,
        std::slice::from_ref(&end)
    );
    // It counts from the last frame on.
    let twice = [&[7; 10], frame, &[7; 10], frame].concat();
    assert_eq!(decode(&framing, &[&twice]).messages().len(), 2);
    // Frames that are none count too: each is skipped by a byte, and looked into.
    let bad = Magic::new(b"\xaa\x55", Length::u8().limit(4)).garbage_max(10);
    let seen = decode(&bad, &[&b"\xaa\x55\x05".repeat(9)]).seen;
    assert_eq!(seen.last(), Some(&end));
    let error = framing.clone().decode(&mut [7; 11]).expect_err("too much");
    assert_eq!(error.to_string(), "no frame in more than 10 bytes (at 07 07 07 07 07 07 07 07)");
}

#[test]
fn a_frame_is_found_behind_a_length_that_lies() {
    let framing = Magic::new(b"\xaa\x55", Checksummed::new(Length::u8(), crc16_xmodem));
    let mut stream = encode(framing, b"first").expect("it fits");
    // The length of the first frame takes in the second one.
    stream[2] += 12;
    let second = encode(framing, b"second").expect("it fits");
    stream.extend(&second);
    stream.extend(encode(framing, b"third").expect("it fits"));
    let received = decode(&framing, &[&stream]);
    assert_eq!(received.messages(), [b"second".to_vec(), b"third".to_vec()]);
    let Seen::Bad(FrameErrorKind::Checksum { .. }, 1) = received.seen[0] else {
        panic!("{:?}", received.seen)
    };
    assert_eq!(received.seen[1], garbage(9));
}

/// Whatever one byte becomes, all frames that it is not in arrive, once enough bytes have come.
#[test]
fn damage_costs_one_frame() {
    let framing = Magic::new(b"\xaa\x55\xaa", Checksummed::new(Length::u8(), crc32));
    let texts = [&b"one"[..], b"\xaa\x55", b"", b"four"];
    let frames = texts.map(|text| encode(framing, text).expect("it fits"));
    let after = encode(framing, b"after").expect("it fits").repeat(30);
    for (damaged_frame, frame) in frames.iter().enumerate() {
        for (what, bad) in damaged(frame) {
            let mut frames = frames.clone();
            frames[damaged_frame] = bad;
            let received = decode(&framing, &[&frames.concat(), &after]).messages();
            let others = texts.iter().enumerate().filter(|(place, _)| *place != damaged_frame);
            for (_, text) in others {
                let arrives = received.iter().any(|message| message == text);
                assert!(arrives, "frame {damaged_frame}: {what}: {received:?}");
            }
        }
    }
}
