//! The framing `Delimited`: what it refuses, what it passes over, and that it looks at each byte once.

use protocol_core::frame::{Decode, Decoded, Delimited, FrameErrorKind};

use crate::stream::{Seen, decode, encode};

const LINES: Delimited = Delimited::new(b"\r\n");

fn said(message: &[u8]) -> Seen {
    Seen::Message(message.to_vec())
}

#[test]
fn the_first_delimiter_ends_a_message() {
    let stream = b"one\r\r\n\r\ntw\no\r\n";
    assert_eq!(decode(&LINES, &[stream]).seen, [said(b"one\r"), said(b""), said(b"tw\no")]);
}

#[test]
fn a_delimiter_inside_is_refused() {
    let kind = |at| FrameErrorKind::HasDelimiter { at };
    let refused = |delimited, message| encode(delimited, message).map_err(|error| error.kind());
    assert_eq!(refused(LINES, b"one\r\ntwo"), Err(kind(3)));
    assert_eq!(refused(LINES, b"\r\n"), Err(kind(0)));
    assert!(refused(LINES, b"\n\rone\r").is_ok());
    // The end of the message and the delimiter make one that ends the message too early.
    let double = Delimited::new(b"aa");
    assert_eq!(refused(double, b"xa"), Err(kind(1)));
    assert!(refused(double, b"ax").is_ok());
    let says = "the delimiter at byte 1 of the message would end it";
    assert_eq!(encode(double, b"xa").map_err(|error| error.to_string()), Err(says.into()));
}

#[test]
fn limits_hold_in_both_directions() {
    let four = LINES.limit(4);
    let kind = FrameErrorKind::AboveLimit { claimed: 5, allowed: 4 };
    assert_eq!(encode(four, b"four").as_deref(), Ok(&b"four\r\n"[..]));
    assert_eq!(encode(four, b"fifth").map_err(|error| error.kind()), Err(kind));
    assert_eq!(decode(&four, &[b"four\r\n"]).seen, [said(b"four")]);
    assert_eq!(decode(&four, &[b"fifth\r\na\r\n"]).seen, [Seen::Bad(kind, 5), said(b"a")]);
}

#[test]
fn a_message_without_an_end_is_cut_and_passed_over() {
    let kind = FrameErrorKind::AboveLimit { claimed: 11, allowed: 10 };
    let stream = [&[b'\r'; 1000][..], b"\na\r\n"].concat();
    let seen = vec![Seen::Bad(kind, 11), said(b"a")];
    let single: Vec<_> = stream.chunks(1).collect();
    assert_eq!(decode(&LINES.limit(10), &[&stream]).seen, seen);
    assert_eq!(decode(&LINES.limit(10), &single).seen, seen);
    assert_eq!(LINES.limit(usize::MAX).decode(&mut [7; 9]), Ok(Decoded::Need(1)));
}

/// Were a byte looked at twice, the delimiter that is put where it was looked at already would be
/// found; but for its last byte, which may be the first one of a delimiter.
#[test]
fn each_byte_is_looked_at_once() {
    let mut lines = LINES;
    let mut received = Vec::new();
    for _ in 0..100 {
        received.extend(b"..");
        assert_eq!(lines.decode(&mut received), Ok(Decoded::Need(1)));
        let looked = received.len() - 2;
        received[..looked].chunks_mut(2).for_each(|pair| pair.copy_from_slice(b"\r\n"));
    }
}

#[test]
#[should_panic(expected = "an empty delimiter")]
fn an_empty_delimiter() {
    let _ = Delimited::new(std::hint::black_box(b""));
}
