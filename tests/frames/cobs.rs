//! The framing `Cobs`: what it refuses, what it passes over, and that it looks at each byte once.

use protocol_core::frame::{Cobs, Decode, Decoded, FrameErrorKind};

use crate::stream::{Numbers, Seen, decode, encode};

fn said(message: &[u8]) -> Seen {
    Seen::Message(message.to_vec())
}

/// The table of the Wikipedia article on COBS.
#[test]
fn published_examples() {
    let to_254: Vec<u8> = (1..=254).collect();
    let to_255: Vec<u8> = (1..=255).collect();
    let examples: [(Vec<u8>, Vec<u8>); 9] = [
        (vec![0], vec![1, 1, 0]),
        (vec![0, 0], vec![1, 1, 1, 0]),
        (vec![0, 0x11, 0], vec![1, 2, 0x11, 1, 0]),
        (vec![0x11, 0x22, 0, 0x33], vec![3, 0x11, 0x22, 2, 0x33, 0]),
        (vec![0x11, 0x22, 0x33, 0x44], vec![5, 0x11, 0x22, 0x33, 0x44, 0]),
        (vec![0x11, 0, 0, 0], vec![2, 0x11, 1, 1, 1, 0]),
        (to_254.clone(), [&[0xff], &to_254[..], &[0]].concat()),
        ([&[0], &to_254[..]].concat(), [&[1, 0xff], &to_254[..], &[0]].concat()),
        (to_255, [&[0xff], &to_254[..], &[2, 0xff, 0]].concat()),
    ];
    for (message, frame) in examples {
        assert_eq!(encode(Cobs::new(), &message).as_deref(), Ok(&frame[..]));
        assert_eq!(decode(&Cobs::new(), &[&frame]).seen, [Seen::Message(message)]);
    }
}

#[test]
fn any_message_comes_back() {
    let mut numbers = Numbers(0xc0b5);
    for run in 0..2000 {
        let (length, zeros) = (numbers.below(1100), numbers.below(300) + 1);
        let mut byte = || if numbers.below(zeros) == 0 { 0 } else { numbers.below(255) + 1 };
        let message: Vec<u8> = (0..length).map(|_| u8::try_from(byte()).expect("a byte")).collect();
        let frame = encode(Cobs::new(), &message).expect("it fits");
        assert_eq!(frame.iter().position(|byte| *byte == 0), Some(frame.len() - 1), "run {run}");
        assert!(frame.len() <= message.len() + message.len() / 254 + 2, "run {run}");
        assert_eq!(decode(&Cobs::new(), &[&frame]).seen, [Seen::Message(message)], "run {run}");
    }
}

/// Encoders that put a code behind a full run at the end of a message are understood too.
#[test]
fn a_code_of_nothing_at_the_end() {
    let run = [7; 254];
    let frame = [&[0xff], &run[..], &[1, 0]].concat();
    assert_eq!(decode(&Cobs::new(), &[&frame]).seen, [said(&run)]);
}

#[test]
fn a_bad_code_costs_its_frame() {
    let stream = b"\x02a\x00\x05hi\x00\x02b\x00";
    let stuffing = FrameErrorKind::Stuffing { code: 5, at: 0, behind: 2 };
    let seen = [said(b"a"), Seen::Bad(stuffing, 4), said(b"b")];
    assert_eq!(decode(&Cobs::new(), &[stream]).seen, seen);
    let error = Cobs::new().decode(&mut b"\x01\x03a\x00".to_vec()).expect_err("a bad code");
    assert_eq!(error.kind(), FrameErrorKind::Stuffing { code: 3, at: 1, behind: 1 });
    let says = "the stuffing code 0x03 at byte 1 leads 1 byte behind the frame (at 01 03 61 00); \
                skipping 4 bytes";
    assert_eq!(error.to_string(), says);
}

#[test]
fn a_bad_frame_is_not_changed() {
    let mut bytes = *b"\x02a\x09b\x00";
    Cobs::new().decode(&mut bytes).expect_err("a bad code");
    assert_eq!(&bytes, b"\x02a\x09b\x00");
}

#[test]
fn zeros_between_frames_are_passed_over() {
    let stream = b"\x00\x00\x02a\x00\x00\x00\x00\x02b\x00\x00";
    let found = decode(&Cobs::new(), &[stream]);
    assert_eq!((found.seen, found.left), (vec![said(b"a"), said(b"b")], 0));
    let found = Cobs::new().decode(&mut b"\x00\x00\x02".to_vec());
    assert_eq!(found, Ok(Decoded::Filler { consumed: 2 }));
    assert_eq!(Cobs::new().decode(&mut []), Ok(Decoded::Need(1)));
}

#[test]
fn limits_hold_in_both_directions() {
    let four = Cobs::new().limit(4);
    let kind = FrameErrorKind::AboveLimit { claimed: 5, allowed: 4 };
    assert!(encode(four, b"four").is_ok());
    assert_eq!(encode(four, b"fifth").map_err(|error| error.kind()), Err(kind));
    // The limit is that of the message: five zeros take six bytes, as would more of four others.
    let five = encode(Cobs::new(), b"fifth").expect("within the limit");
    assert_eq!(decode(&four, &[&five, b"\x02a\x00"]).seen, [Seen::Bad(kind, 6), said(b"a")]);
    let limit = Cobs::new().limit(300);
    let zeros = encode(Cobs::new(), &[0; 301]).expect("within the limit");
    let kind = FrameErrorKind::AboveLimit { claimed: 301, allowed: 300 };
    assert_eq!(decode(&limit, &[&zeros]).seen, [Seen::Bad(kind, zeros.len())]);
    let full = encode(limit, &[7; 300]).expect("within the limit");
    assert_eq!(decode(&limit, &[&full]).seen, [said(&[7; 300])]);
}

#[test]
fn a_frame_without_an_end_is_cut_and_passed_over() {
    let kind = FrameErrorKind::AboveLimit { claimed: 11, allowed: 10 };
    let stream = [&[7; 1000][..], b"\x00\x02a\x00"].concat();
    let seen = vec![Seen::Bad(kind, 12), said(b"a")];
    let single: Vec<_> = stream.chunks(1).collect();
    let limit = Cobs::new().limit(10);
    assert_eq!(decode(&limit, &[&stream]).seen, seen);
    assert_eq!(decode(&limit, &single).seen, seen);
    assert_eq!(Cobs::new().limit(usize::MAX).decode(&mut [7; 9]), Ok(Decoded::Need(1)));
}

/// Were a byte looked at twice, the zero that is put where it was looked at already would be found.
#[test]
fn each_byte_is_looked_at_once() {
    let mut cobs = Cobs::new();
    let mut received = Vec::new();
    for _ in 0..100 {
        received.push(9);
        assert_eq!(cobs.decode(&mut received), Ok(Decoded::Need(1)));
        received.fill(0);
    }
}
