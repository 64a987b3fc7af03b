//! The framings: the same frames however the bytes arrive, and limits in both directions.

use protocol_core::frame::{
    Decode, Decoded, Encode, Foreign, FrameError, FrameErrorKind, Framing, Length, Raw,
};

/// Each framing next to the frame of `hello` in it, written by hand.
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

fn encode(mut framing: impl Encode, message: &[u8]) -> Result<Vec<u8>, FrameError> {
    let mut out = b"before".to_vec();
    framing.begin(&mut out);
    out.extend(message);
    framing.finish(&mut out, 6)?;
    assert_eq!(out.drain(..6).collect::<Vec<_>>(), b"before");
    Ok(out)
}

/// The messages in bytes that arrive in these parts.
fn decode(framing: &impl Framing, parts: &[&[u8]]) -> Vec<Vec<u8>> {
    let (mut framing, mut unread, mut found) = (framing.clone(), Vec::new(), Vec::new());
    for part in parts {
        unread.extend_from_slice(part);
        loop {
            match framing.decode(&mut unread).expect("sound frames") {
                Decoded::Need(more) => {
                    assert!(more > 0, "a need of nothing");
                    break;
                }
                Decoded::Frame { consumed, message } => {
                    found.push(unread[message].to_vec());
                    unread.drain(..consumed);
                }
            }
        }
    }
    found
}

#[test]
fn both_directions() {
    for (framing, bytes) in HELLO {
        assert_eq!(encode(framing, b"hello").as_deref(), Ok(bytes), "{framing:?}");
        assert_eq!(decode(&framing, &[bytes]), [b"hello"], "{framing:?}");
    }
}

#[test]
fn split_at_every_byte() {
    for (framing, hello) in HELLO {
        let empty = encode(framing, b"").expect("an empty frame");
        let bytes = [hello, &empty, hello].concat();
        for cut in 0..=bytes.len() {
            let (first, second) = bytes.split_at(cut);
            let found = decode(&framing, &[first, second]);
            assert_eq!(found, [&b"hello"[..], b"", b"hello"], "{framing:?} cut at {cut}");
        }
        let single: Vec<_> = bytes.chunks(1).collect();
        assert_eq!(decode(&framing, &single).len(), 3, "{framing:?} byte by byte");
    }
}

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
    assert_eq!(error.kind(), FrameErrorKind::BelowHeader { claimed: 1, least: 2 });
    assert_eq!(
        error.to_string(),
        "a frame length of 1 that counts itself is below 2 (at 00 01 07)"
    );
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

#[test]
fn raw_takes_reads_as_they_come() {
    let mut raw = Raw::new();
    assert_eq!(raw.read_max(), Some(1024));
    assert!(raw.writes_apart());
    assert_eq!(raw.decode(&mut []), Ok(Decoded::Need(1)));
    assert_eq!(decode(&raw, &[b"\x01ann", b"\x03hello"]), [&b"\x01ann"[..], b"\x03hello"]);
    assert_eq!(decode(&raw, &[b"\x01ann\x03hello"]), [b"\x01ann\x03hello"]);
    assert_eq!(encode(raw, b"\x01ann").as_deref(), Ok(&b"\x01ann"[..]));
}

#[test]
fn raw_has_a_limit_in_both_directions() {
    let kind = FrameErrorKind::AboveLimit { claimed: 1025, allowed: 1024 };
    assert!(encode(Raw::new(), &[1; 1024]).is_ok());
    assert_eq!(encode(Raw::new(), &[1; 1025]).map_err(|error| error.kind()), Err(kind));
    assert_eq!(Raw::new().decode(&mut [1; 1025]).map_err(|error| error.kind()), Err(kind));
}
