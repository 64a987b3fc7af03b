//! The framings `Varint` and `Fixed`: what they refuse, with both numbers.

use protocol_core::frame::{Decode, Decoded, Fixed, FrameErrorKind, Varint};

use crate::stream::encode;

fn refused(bytes: &[u8]) -> FrameErrorKind {
    Varint::new().decode(&mut bytes.to_vec()).expect_err("no frame").kind()
}

#[test]
fn limits_hold_in_both_directions() {
    let kind = FrameErrorKind::AboveLimit { claimed: 5, allowed: 4 };
    let four = Varint::new().limit(4);
    assert_eq!(encode(four, b"four").as_deref(), Ok(&b"\x04four"[..]));
    assert_eq!(encode(four, b"fifth").map_err(|error| error.kind()), Err(kind));
    let found = four.clone().decode(&mut b"\x05".to_vec());
    assert_eq!(found.map_err(|error| error.kind()), Err(kind));
}

#[test]
fn the_largest_claims_are_refused() {
    let most = u64::MAX;
    let allowed = 1 << 20;
    let above = |claimed| FrameErrorKind::AboveLimit { claimed, allowed };
    assert_eq!(refused(b"\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"), above(most));
    // More than 64 bits, with and without an end.
    assert_eq!(refused(b"\xff\xff\xff\xff\xff\xff\xff\xff\xff\x02"), above(most));
    assert_eq!(refused(&[0xff; 12]), above(most));
    assert_eq!(refused(b"\x81\x80\x40"), above(1 << 20 | 1));
    let found = Varint::new().limit(usize::MAX);
    let found = found.clone().decode(&mut b"\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01".to_vec());
    assert_eq!(found, Ok(Decoded::Need(usize::MAX - 10)));
}

#[test]
fn only_the_shortest_form_is_a_length() {
    assert_eq!(refused(b"\x80\x00"), FrameErrorKind::NotMinimal);
    assert_eq!(refused(b"\x85\x80\x00hello"), FrameErrorKind::NotMinimal);
}

#[test]
fn needs_are_exact_once_the_length_is_there() {
    let need = |bytes: &[u8]| Varint::new().decode(&mut bytes.to_vec());
    assert_eq!(need(b""), Ok(Decoded::Need(1)));
    assert_eq!(need(b"\x80"), Ok(Decoded::Need(1)));
    assert_eq!(need(b"\x80\x01"), Ok(Decoded::Need(128)));
    assert_eq!(need(b"\x05hel"), Ok(Decoded::Need(2)));
}

#[test]
fn a_fixed_frame_has_one_length() {
    let mut five = Fixed::new(5);
    assert_eq!(five.decode(&mut b"hel".to_vec()), Ok(Decoded::Need(2)));
    for (message, got) in [(&b"four"[..], 4), (b"sixsix", 6), (b"", 0)] {
        let error = encode(five, message).expect_err("not five bytes");
        assert_eq!(error.kind(), FrameErrorKind::NotFixed { got, fixed: 5 });
        let says = format!("a message of {got} bytes where each frame has 5");
        assert_eq!(error.to_string(), says);
    }
}
