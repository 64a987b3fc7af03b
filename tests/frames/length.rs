//! The framing `Length`: what it needs, counts and refuses, with both numbers.

use protocol_core::frame::{Decode, Decoded, Foreign, FrameErrorKind, Length};

use crate::stream::encode;

/// Each framing next to the frame of `hello` in it, written by hand: the header, and five bytes.
const HELLO: [(Length, &[u8]); 9] = [
    (Length::u8(), b"\x05hello"),
    (Length::u16(), b"\x00\x05hello"),
    (Length::u16().little_endian(), b"\x05\x00hello"),
    (Length::u16().counting_itself(), b"\x00\x07hello"),
    (Length::u24(), b"\x00\x00\x05hello"),
    (Length::u24().little_endian().counting_itself(), b"\x08\x00\x00hello"),
    (Length::u32(), b"\x00\x00\x00\x05hello"),
    (Length::u32().little_endian(), b"\x05\x00\x00\x00hello"),
    (Length::u64().counting_itself(), b"\x00\x00\x00\x00\x00\x00\x00\x0dhello"),
];

#[test]
fn needs_are_exact() {
    for (framing, bytes) in HELLO {
        for have in 0..bytes.len() {
            let found = framing.clone().decode(&mut bytes[..have].to_vec());
            let header = bytes.len() - 5;
            let needed = if have < header { header } else { bytes.len() };
            assert_eq!(found, Ok(Decoded::Need(needed - have)), "{framing:?} after {have}");
        }
    }
}

#[test]
fn limits_hold_in_both_directions_after_the_adjustment() {
    // What is counted is the message, whether the length counts itself or not.
    for framing in [Length::u32().limit(4), Length::u32().counting_itself().limit(4)] {
        let kind = FrameErrorKind::AboveLimit { claimed: 5, allowed: 4 };
        assert!(encode(framing, b"four").is_ok());
        assert_eq!(encode(framing, b"fifth").map_err(|error| error.kind()), Err(kind));
        let mut five = encode(framing.limit(5), b"fifth").expect("within the limit");
        let found = framing.clone().decode(&mut five);
        assert_eq!(found.map_err(|error| error.kind()), Err(kind));
    }
}

#[test]
fn the_width_is_a_limit() {
    let long = vec![0; 65_536];
    let refused = |framing: Length, length: usize| {
        encode(framing.limit(usize::MAX), &long[..length]).map_err(|error| error.to_string())
    };
    assert!(refused(Length::u8(), 255).is_ok());
    let says = "a frame of 256 bytes is above the limit of 255";
    assert_eq!(refused(Length::u8(), 256), Err(says.into()));
    let says = "a frame of 255 bytes is above the limit of 254";
    assert_eq!(refused(Length::u8().counting_itself(), 255), Err(says.into()));
    let says = "a frame of 65536 bytes is above the limit of 65535";
    assert_eq!(refused(Length::u16(), 65_536), Err(says.into()));
}

#[test]
fn the_largest_claims_are_refused() {
    for framing in [Length::u32(), Length::u64(), Length::u64().little_endian().counting_itself()] {
        let error = framing.clone().decode(&mut [0xff; 12]).expect_err("far too large");
        assert!(matches!(error.kind(), FrameErrorKind::AboveLimit { allowed: 1_048_576, .. }));
    }
    // Without a limit of our own, the claim of the largest frame overflows nothing.
    let found = Length::u64().limit(usize::MAX).decode(&mut [0xff; 12]);
    assert_eq!(found, Ok(Decoded::Need(usize::MAX - 12)));
}

#[test]
fn a_length_that_counts_itself_is_not_below_itself() {
    let error = Length::u16().counting_itself().decode(&mut [0, 1, 7]).expect_err("too small");
    assert_eq!(error.kind(), FrameErrorKind::BelowLeast { claimed: 1, least: 2 });
    let says = "a frame length of 1 is below 2, the least there can be (at 00 01 07)";
    assert_eq!(error.to_string(), says);
}

#[test]
fn an_adjustment_moves_the_limits_with_it() {
    // A length that counts two bytes more than the message, in one byte: 253 at most.
    let more = Length::u8().adjusted(2).limit(usize::MAX);
    let kind = FrameErrorKind::AboveLimit { claimed: 254, allowed: 253 };
    assert_eq!(encode(more, &[7; 253]).map(|frame| frame[0]), Ok(255));
    assert_eq!(encode(more, &[7; 254]).map_err(|error| error.kind()), Err(kind));
    // One that counts two less: 257 at most, and two at least.
    let less = Length::u8().adjusted(-2).limit(usize::MAX);
    assert_eq!(encode(less, &[7; 257]).map(|frame| frame[0]), Ok(255));
    let kind = FrameErrorKind::AboveLimit { claimed: 258, allowed: 257 };
    assert_eq!(encode(less, &[7; 258]).map_err(|error| error.kind()), Err(kind));
    let kind = FrameErrorKind::BelowLeast { claimed: 1, least: 2 };
    assert_eq!(encode(less, b"x").map_err(|error| error.kind()), Err(kind));
    assert_eq!(less.clone().decode(&mut [0, 7]), Ok(Decoded::Need(1)));
}

#[test]
fn the_limit_is_checked_after_the_adjustment() {
    let whole = Length::u16().at(1).counting_itself().adjusted(1).limit(8);
    // The number is 3 + 7 for a message of eight bytes.
    assert_eq!(whole.clone().decode(&mut b"Q\x00\x0a".to_vec()), Ok(Decoded::Need(7)));
    let error = whole.clone().decode(&mut b"Q\x00\x0b".to_vec()).expect_err("nine bytes");
    assert_eq!(error.kind(), FrameErrorKind::AboveLimit { claimed: 9, allowed: 8 });
    assert_eq!(encode(whole, b"Q1234567").as_deref(), Ok(&b"Q\x00\x0a1234567"[..]));
    let kind = FrameErrorKind::AboveLimit { claimed: 9, allowed: 8 };
    assert_eq!(encode(whole, b"Q12345678").map_err(|error| error.kind()), Err(kind));
    let less = Length::u32().adjusted(-1000).limit(1001);
    let error = less.clone().decode(&mut [0, 0, 0, 2]).expect_err("1002 bytes");
    assert_eq!(error.kind(), FrameErrorKind::AboveLimit { claimed: 1002, allowed: 1001 });
}

#[test]
fn a_message_has_the_bytes_that_stand_before_its_length() {
    let framing = Length::u16().at(4);
    let kind = FrameErrorKind::BelowLeast { claimed: 3, least: 4 };
    assert_eq!(encode(framing, b"abc").map_err(|error| error.kind()), Err(kind));
    assert_eq!(encode(framing, b"abcd").as_deref(), Ok(&b"abcd\0\0"[..]));
    // A length that also counts four more could hide that a byte is missing.
    let kind = FrameErrorKind::BelowLeast { claimed: 3, least: 4 };
    let counted = encode(framing.adjusted(4), b"abc");
    assert_eq!(counted.map_err(|error| error.kind()), Err(kind));
    for have in 0..6 {
        let found = framing.clone().decode(&mut b"abcd\0\0"[..have].to_vec());
        assert_eq!(found, Ok(Decoded::Need(6 - have)));
    }
}

#[test]
fn claims_that_overflow_are_refused() {
    let all = Length::u64().limit(usize::MAX);
    let some = Length::u64().limit(100);
    for (mut framing, offset) in [
        (all.adjusted(-9), 0),
        (some.adjusted(-9), 0),
        (all.at(u32::MAX), 0),
        (all.at(3), 3),
        (some.at(3), 3),
    ] {
        let bytes = [&b"abc"[..offset], &[0xff; 8]].concat();
        // An error or a need, and nothing that wraps.
        match framing.decode(&mut bytes.clone()) {
            Ok(Decoded::Need(more)) => assert!(more > 1 << 31, "{framing:?}: {more}"),
            Err(error) => assert!(
                matches!(error.kind(), FrameErrorKind::AboveLimit { claimed: u64::MAX, .. }),
                "{framing:?}: {error}"
            ),
            other => panic!("{framing:?}: {other:?}"),
        }
    }
}

#[test]
#[should_panic(expected = "does not fit the width")]
fn an_adjustment_that_no_message_keeps() {
    let by = std::hint::black_box(256);
    let _ = Length::u8().adjusted(by);
}

#[test]
#[should_panic(expected = "raise the limit first")]
fn a_limit_below_what_follows_an_empty_length() {
    let _ = Length::u8().adjusted(-100).limit(99);
}

#[test]
#[should_panic(expected = "raise the limit first")]
fn a_limit_below_what_stands_before_the_length() {
    let _ = Length::u8().at(20).limit(19);
}

#[test]
fn foreign_peers_are_named() {
    let says = |start: &[u8]| {
        let error = Length::u32().decode(&mut start.to_vec()).expect_err("no frame");
        (error.foreign(), error.to_string())
    };
    let (foreign, text) = says(b"GET / HTTP/1.1\r\n");
    assert_eq!(foreign, Some(Foreign::Http));
    let limit = "is above the limit of 1048576 (at 47 45 54 20 2f 20 48 54)";
    assert_eq!(text, format!("a frame of 1195725856 bytes {limit}; the peer seems to speak HTTP"));
    for method in ["POST", "PUT", "HEAD", "DELETE", "OPTIONS", "CONNECT", "PATCH", "TRACE"] {
        assert_eq!(says(format!("{method} / HTTP/1.1").as_bytes()).0, Some(Foreign::Http));
    }
    assert_eq!(says(b"\x16\x03\x01\x02\x00\x01").0, Some(Foreign::Tls));
    assert_eq!(says(b"SSH-2.0-OpenSSH").0, Some(Foreign::Ssh));
    assert_eq!(says(b"\xff\xff\xff\xff").0, None);
}
