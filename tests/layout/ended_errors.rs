//! The errors of `until`, `pad_to` and `max_len`.

use protocol_core::{Message, Pack, Unpack, Wire};

use crate::messages::ended::{Capped, CappedChoice, CappedInside};

#[derive(Message, Debug, PartialEq)]
#[msg_type = 1]
struct Line {
    #[wire(until = b';', min = 1, max = 4)]
    text: String,
    end: u8,
}

/// The text of an error without the bytes around.
fn unpack<'a, T: Unpack<'a>>(bytes: &'a [u8]) -> Option<String> {
    let text = T::unpack(bytes).err()?.to_string();
    let place = [" (after", " (at"].iter().find_map(|around| text.find(around));
    Some(text[..place.unwrap_or(text.len())].to_owned())
}

/// The error of packing, which is the same by each way.
fn pack<T: Pack>(value: &T) -> Option<String> {
    let text = value.pack().err().map(|error| error.to_string());
    assert_eq!(value.packed_len().err().map(|error| error.to_string()), text);
    let slice = value.pack_slice(&mut [0; 1000]).err();
    assert_eq!(slice.map(|error| error.to_string()), text);
    text
}

fn line(text: &str) -> Line {
    Line { text: text.into(), end: 9 }
}

#[test]
fn text_until_a_byte() {
    assert_eq!(pack(&line("1234")), None);
    let expected = "Line.text: the byte 0x3b at 1 of the value would end it";
    assert_eq!(pack(&line("a;b")).as_deref(), Some(expected));
    let long = format!("{};", "x".repeat(3));
    assert!(pack(&line(&long)).unwrap().contains("at 3 of the value"));
    let expected = "Line.text: length 5 is above the limit of 4";
    assert_eq!(pack(&line("12345")).as_deref(), Some(expected));
    let expected = "Line.text: length 0 is below the limit of 1";
    assert_eq!(pack(&line("")).as_deref(), Some(expected));

    assert_eq!(unpack::<Line>(b"\x011234;\x09"), None);
    let expected = "Line.text at byte 1: length 5 is above the limit of 4";
    assert_eq!(unpack::<Line>(b"\x0112345;\x09").as_deref(), Some(expected));
    assert_eq!(unpack::<Line>(b"\x0112345").as_deref(), Some(expected));
    let expected = "Line.text at byte 1: length 0 is below the limit of 1";
    assert_eq!(unpack::<Line>(b"\x01;\x09").as_deref(), Some(expected));
    let expected = "Line.text at byte 1: 1 more byte needed";
    assert_eq!(unpack::<Line>(b"\x011234").as_deref(), Some(expected));
    let expected = "Line.end at byte 4: 1 more byte needed";
    assert_eq!(unpack::<Line>(b"\x0112;").as_deref(), Some(expected));
    let expected = "Line.text at byte 1: the text is not UTF-8 after 0 bytes";
    assert_eq!(unpack::<Line>(b"\x01\xff;\x09").as_deref(), Some(expected));
}

#[derive(Wire, Debug, PartialEq)]
struct Entry {
    kind: u8,
    #[wire(len = u16)]
    values: Vec<Option<u8>>,
}

#[derive(Message, Debug, PartialEq)]
#[msg_type = 2]
struct Lists {
    #[wire(until = 0, max = 2)]
    entries: Vec<Entry>,
    #[wire(until = 0)]
    some: Vec<Option<u8>>,
    #[wire(until = 2, item(len = u8))]
    names: Vec<String>,
}

fn lists(kinds: &[u8], some: &[Option<u8>], names: &[&str]) -> Lists {
    let entry = |kind: &u8| Entry { kind: *kind, values: vec![Some(1), None] };
    Lists {
        entries: kinds.iter().map(entry).collect(),
        some: some.to_vec(),
        names: names.iter().map(|name| (*name).to_owned()).collect(),
    }
}

#[test]
fn elements_until_a_byte() {
    let good = lists(&[1, 2], &[Some(0)], &["a", "abc"]);
    assert_eq!(pack(&good), None);
    let bytes = b"\x02\x01\0\x03\x01\x01\0\x02\0\x03\x01\x01\0\0\x01\0\0\x01a\x03abc\x02";
    assert_eq!(good.pack().unwrap(), bytes);
    assert_eq!(Lists::unpack(bytes).unwrap(), good);

    let expected = "Lists.entries[1]: the byte 0x00 at 0 of the value would end it";
    assert_eq!(pack(&lists(&[1, 0], &[], &[])).as_deref(), Some(expected));
    let expected = "Lists.some[0]: the byte 0x00 at 0 of the value would end it";
    assert_eq!(pack(&lists(&[], &[None], &[])).as_deref(), Some(expected));
    let expected = "Lists.names[1]: the byte 0x02 at 0 of the value would end it";
    assert_eq!(pack(&lists(&[], &[], &["a", "ab"])).as_deref(), Some(expected));
    let expected = "Lists.entries: length 3 is above the limit of 2";
    assert_eq!(pack(&lists(&[1, 2, 3], &[], &[])).as_deref(), Some(expected));

    let expected = "Lists.entries at byte 1: length 3 is above the limit of 2";
    assert_eq!(unpack::<Lists>(b"\x02\x01\0\0\x02\0\0\x03\0\0\0\0\x02").as_deref(), Some(expected));
    let expected = "Lists.some at byte 4: 1 more byte needed";
    assert_eq!(unpack::<Lists>(b"\x02\0\x01\x07").as_deref(), Some(expected));
    let expected = "Lists.some[0] at byte 2: 0x07 is neither 0 nor 1";
    assert_eq!(unpack::<Lists>(b"\x02\0\x07\0\x02").as_deref(), Some(expected));
}

#[derive(Message, Debug, PartialEq)]
#[msg_type = 3]
struct Padded {
    #[wire(pad_to = 4)]
    name: String,
    #[wire(pad_to = 3)]
    bytes: Vec<u8>,
    #[wire(pad_to = 8)]
    list: Vec<u16>,
}

fn padded(name: &str, bytes: &[u8], list: &[u16]) -> Padded {
    Padded { name: name.into(), bytes: bytes.to_vec(), list: list.to_vec() }
}

#[test]
fn fields_of_one_length() {
    let good = padded("abcd", &[1, 2, 3], &[5, 6]);
    assert_eq!(pack(&good), None);
    assert_eq!(good.pack().unwrap(), b"\x03abcd\x01\x02\x03\0\0\0\x02\0\x05\0\x06");
    assert_eq!((Padded::MIN_LEN, Padded::MAX_LEN), (16, Some(16)));

    let expected = "Padded.name: length 5 is above the limit of 4";
    assert_eq!(pack(&padded("abcde", &[], &[])).as_deref(), Some(expected));
    let expected = "Padded.name: the byte 0x00 at 1 of the value would end it";
    assert_eq!(pack(&padded("a\0", &[], &[])).as_deref(), Some(expected));
    let expected = "Padded.bytes: the byte 0x00 at 0 of the value would end it";
    assert_eq!(pack(&padded("", &[0], &[])).as_deref(), Some(expected));
    let expected = "Padded.list: length 10 is above the limit of 8";
    assert_eq!(pack(&padded("", &[], &[1, 2, 3])).as_deref(), Some(expected));

    let mut bytes = *b"\x03ab\0\0\x01\0\0\0\0\0\x01\0\x05\0\0";
    assert_eq!(Padded::unpack(&bytes).unwrap(), padded("ab", &[1], &[5]));
    bytes[4] = b'x';
    let expected = "Padded.name at byte 4: 0x78 where padding must be 0";
    assert_eq!(unpack::<Padded>(&bytes).as_deref(), Some(expected));
    bytes[4] = 0;
    bytes[15] = 1;
    let expected = "Padded.list at byte 15: 0x01 where padding must be 0";
    assert_eq!(unpack::<Padded>(&bytes).as_deref(), Some(expected));
    bytes[15] = 0;
    bytes[11] = 3;
    let expected = "Padded.list at byte 12: 2 more bytes needed";
    assert_eq!(unpack::<Padded>(&bytes).as_deref(), Some(expected));
    bytes[5] = 0;
    bytes[6] = 1;
    let expected = "Padded.bytes at byte 6: 0x01 where padding must be 0";
    assert_eq!(unpack::<Padded>(&bytes).as_deref(), Some(expected));
}

#[test]
fn values_of_a_limited_length() {
    assert_eq!((Capped::MIN_LEN, Capped::MAX_LEN), (3, Some(6)));
    assert_eq!(pack(&Capped { text: "abc" }), None);
    let expected = "Capped: length 7 is above the limit of 6";
    assert_eq!(pack(&Capped { text: "abcd" }).as_deref(), Some(expected));
    let expected = "Capped at byte 2: length 7 is above the limit of 6";
    assert_eq!(unpack::<Capped<'_>>(b"\0\x05\x04abcd").as_deref(), Some(expected));

    assert_eq!((CappedChoice::MIN_LEN, CappedChoice::MAX_LEN), (1, Some(4)));
    let inside = |text: &str| CappedInside {
        choices: vec![CappedChoice::None, CappedChoice::Text(text.into())],
    };
    assert_eq!(pack(&inside("ab")), None);
    let expected = "CappedInside.choices[1]: length 5 is above the limit of 4";
    assert_eq!(pack(&inside("abc")).as_deref(), Some(expected));
    let expected = "CappedInside.choices[1] at byte 6: length 5 is above the limit of 4";
    let bytes = b"\x06\0\0\0\x02\0\x01\x03abc";
    assert_eq!(unpack::<CappedInside>(bytes).as_deref(), Some(expected));
}
