//! The framing `Raw`: reads as they come, of a limited length.

use protocol_core::frame::{Decode, Decoded, Encode, FrameErrorKind, Raw};

use crate::stream::{decode, encode};

#[test]
fn raw_takes_reads_as_they_come() {
    let mut raw = Raw::new();
    assert_eq!(raw.read_max(), Some(1024));
    assert!(raw.writes_apart());
    assert_eq!(raw.decode(&mut []), Ok(Decoded::Need(1)));
    assert_eq!(
        decode(&raw, &[b"\x01ann", b"\x03hello"]).messages(),
        [&b"\x01ann"[..], b"\x03hello"]
    );
    assert_eq!(decode(&raw, &[b"\x01ann\x03hello"]).messages(), [b"\x01ann\x03hello"]);
    assert_eq!(encode(raw, b"\x01ann").as_deref(), Ok(&b"\x01ann"[..]));
}

#[test]
fn raw_has_a_limit_in_both_directions() {
    let kind = FrameErrorKind::AboveLimit { claimed: 1025, allowed: 1024 };
    assert!(encode(Raw::new(), &[1; 1024]).is_ok());
    assert_eq!(encode(Raw::new(), &[1; 1025]).map_err(|error| error.kind()), Err(kind));
    assert_eq!(Raw::new().decode(&mut [1; 1025]).map_err(|error| error.kind()), Err(kind));
}
