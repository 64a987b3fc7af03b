//! The framing `SelfDelimiting`: frames that end where the layout of their message does.

use protocol_core::frame::{Decode, Decoded, FrameErrorKind, SelfDelimiting};
use protocol_core::{Message, Protocol, Unpack, UnpackErrorKind, Wire};

use crate::stream::{Seen, decode, encode};

#[derive(Message, Debug, PartialEq)]
#[msg_type = 1]
pub(crate) struct Note<'a> {
    urgent: bool,
    #[wire(len = u8)]
    text: &'a str,
}

#[derive(Wire, Debug, PartialEq)]
pub(crate) struct Pair<'a> {
    key: u8,
    #[wire(len = varint)]
    value: &'a [u8],
}

#[derive(Message, Debug, PartialEq)]
#[msg_type = 2]
pub(crate) struct Pairs<'a> {
    #[wire(count = u16)]
    pairs: Vec<Pair<'a>>,
    more: Option<u32>,
}

#[derive(Message, Debug, PartialEq)]
#[msg_type = 3]
pub(crate) struct Stop;

#[derive(Protocol, Debug, PartialEq)]
pub(crate) enum Talk<'a> {
    Note(Note<'a>),
    Pairs(Pairs<'a>),
    Stop(Stop),
}

type Framing = SelfDelimiting<Talk<'static>>;

#[test]
fn needs_are_those_of_the_message() {
    let need = |bytes: &[u8]| Framing::new().decode(&mut bytes.to_vec());
    // A type, a flag, a length; the number of a message is the least of one.
    assert_eq!(need(b""), Ok(Decoded::Need(1)));
    assert_eq!(need(b"\x01"), Ok(Decoded::Need(2)));
    assert_eq!(need(b"\x01\x00\x07he"), Ok(Decoded::Need(5)));
    assert_eq!(need(b"\x02"), Ok(Decoded::Need(3)));
    // Two pairs of at least two bytes, and a flag.
    assert_eq!(need(b"\x02\x00\x02"), Ok(Decoded::Need(5)));
    assert_eq!(need(b"\x03\x03"), Ok(Decoded::Frame { consumed: 1, message: 0..1 }));
}

#[test]
fn a_need_is_not_asked_for_again() {
    let mut framing = Framing::new();
    assert_eq!(framing.decode(&mut b"\x01\x00\x07".to_vec()), Ok(Decoded::Need(7)));
    // Were the message begun anew, its flag would be refused.
    assert_eq!(framing.decode(&mut b"\x01\x09\x07he".to_vec()), Ok(Decoded::Need(5)));
    let found = framing.decode(&mut b"\x01\x00\x07hello, \x03".to_vec());
    assert_eq!(found, Ok(Decoded::Frame { consumed: 10, message: 0..10 }));
}

#[test]
fn what_is_no_message_ends_the_stream() {
    let not_bool = UnpackErrorKind::NotBool { got: 9 };
    let kind = FrameErrorKind::Message { field: "urgent", offset: 1, kind: not_bool };
    let seen = decode(&Framing::new(), &[b"\x03\x01\x09\x00\x03"]).seen;
    assert_eq!(seen, [Seen::Message(vec![3]), Seen::End(kind)]);
    let error = Framing::new().decode(&mut b"\x09".to_vec()).expect_err("no message");
    let unknown = UnpackErrorKind::UnknownMessage { id: 9 };
    let FrameErrorKind::Message { offset: 0, kind, .. } = error.kind() else { panic!("{error}") };
    assert_eq!(kind, unknown);
}

#[test]
fn limits_hold_in_both_directions() {
    let limit = Framing::new().limit(10);
    let above = |claimed| FrameErrorKind::AboveLimit { claimed, allowed: 10 };
    assert!(encode(limit, b"\x01\x00\x07seven..").is_ok());
    let found = encode(limit, b"\x01\x00\x08eight...");
    assert_eq!(found.map_err(|error| error.kind()), Err(above(11)));
    assert_eq!(decode(&limit, &[b"\x01\x00\x08"]).seen, [Seen::End(above(11))]);
    assert_eq!(decode(&limit, &[b"\x01\x00\x08eight..."]).seen, [Seen::End(above(11))]);
    // What a list claims is refused before anything of it is there.
    assert_eq!(decode(&limit, &[b"\x02\xff\xff"]).seen, [Seen::End(above(3 + 2 * 65535 + 1))]);
}

#[test]
fn a_prefix_is_unpacked_and_measured() {
    let (talk, length) = Talk::unpack_prefix(b"\x01\x01\x02hi\x03").expect("a message");
    assert_eq!((talk, length), (Talk::Note(Note { urgent: true, text: "hi" }), 5));
    assert_eq!(Pair::unpack_prefix(b"\x07\x00"), Ok((Pair { key: 7, value: b"" }, 2)));
    assert_eq!(u16_at_start(b"\x00\x07\x00"), (7, 2));
    let error = Talk::unpack_prefix(b"\x01\x01\x02h").expect_err("too short");
    assert_eq!(error.kind(), UnpackErrorKind::TooShort { missing: 1 });
    // Exactly one message is what `unpack` takes.
    let error = Talk::unpack(b"\x03\x03").expect_err("two messages");
    assert_eq!(error.kind(), UnpackErrorKind::Trailing { extra: 1 });
}

/// A value of one length, which is read without a context elsewhere.
fn u16_at_start(bytes: &[u8]) -> (u16, usize) {
    #[derive(Wire)]
    struct Number(u16);
    let (Number(number), length) = Number::unpack_prefix(bytes).expect("two bytes");
    (number, length)
}
