//! The errors of groups: a length that says too little or too much stays inside its group.

use std::collections::BTreeMap;

use protocol_core::{Message, Pack, Unpack, Wire};

use crate::messages::groups::{Extensible, GroupsExtensible};

#[derive(Wire, Debug, PartialEq)]
struct Point {
    x: u8,
    y: u16,
}

#[derive(Message, Debug, PartialEq)]
#[msg_type = 1]
struct Shapes {
    #[wire(len = u8)]
    numbers: Vec<u16>,
    #[wire(len = u8)]
    point: Point,
    #[wire(len = u8, item(len = u8))]
    names: Vec<String>,
    #[wire(len = u8)]
    map: BTreeMap<u8, u8>,
    end: u16,
}

const SHAPES: [u8; 16] = [1, 2, 0, 7, 3, 1, 0, 2, 2, 1, b'n', 2, 5, 6, 9, 9];

/// The error of the golden bytes with one of them changed.
fn with(at: usize, byte: u8) -> String {
    let mut bytes = SHAPES;
    assert_ne!(std::mem::replace(&mut bytes[at], byte), byte);
    let error = Shapes::unpack(&bytes).unwrap_err().to_string();
    let place = error.find(" (after").unwrap_or(error.len());
    error[..place].to_owned()
}

#[test]
fn the_bytes_are_right() {
    let point = Point { x: 1, y: 2 };
    let names = vec!["n".to_owned()];
    let shapes = Shapes { numbers: vec![7], point, names, map: [(5, 6)].into(), end: 0x0909 };
    assert_eq!(shapes.pack().unwrap(), SHAPES);
    assert_eq!(Shapes::unpack(&SHAPES).unwrap(), shapes);
}

#[test]
fn a_list_that_is_cut_in_an_element() {
    let expected = "Shapes.numbers[0] at byte 2: 1 more byte needed than its length says";
    assert_eq!(with(1, 1), expected);
    let expected = "Shapes.numbers[1] at byte 4: 1 more byte needed than its length says";
    assert_eq!(with(1, 3), expected);
    let expected = "Shapes.names[0] at byte 10: 1 more byte needed than its length says";
    assert_eq!(with(8, 1), expected);
}

#[test]
fn a_part_that_is_shorter_or_longer_than_its_length() {
    let expected = "Shapes.point.y at byte 6: 1 more byte needed than its length says";
    assert_eq!(with(4, 2), expected);
    assert_eq!(with(4, 4), "Shapes.point at byte 8: 1 byte is left over of its length");
    assert_eq!(with(4, 5), "Shapes.point at byte 8: 2 bytes are left over of its length");
}

#[test]
fn a_map_that_is_cut_in_an_entry() {
    let expected = "Shapes.map[0] at byte 13: 1 more byte needed than its length says";
    assert_eq!(with(11, 1), expected);
    assert_eq!(with(11, 4), "Shapes.end at byte 16: 2 more bytes needed");
}

#[test]
fn a_group_that_is_longer_than_the_message() {
    assert_eq!(with(4, 200), "Shapes.point at byte 5: 193 more bytes needed");
    assert_eq!(with(1, 200), "Shapes.numbers at byte 2: 194 more bytes needed");
}

#[test]
fn a_value_that_is_longer_than_its_length_can_say() {
    let shapes = |count: u16| Shapes {
        numbers: Vec::new(),
        point: Point { x: 1, y: 2 },
        names: (0..count).map(|_| "1234".to_owned()).collect(),
        map: BTreeMap::new(),
        end: 9,
    };
    assert!(shapes(51).pack().is_ok());
    let mut bytes = b"before".to_vec();
    let error = shapes(52).pack_into(&mut bytes).unwrap_err();
    assert_eq!(error.to_string(), "Shapes.names: length 260 is above the limit of 255");
    assert_eq!(bytes, b"before");
    let error = shapes(52).packed_len().unwrap_err();
    assert_eq!(error.to_string(), "Shapes.names: length 260 is above the limit of 255");

    let numbers = Shapes { numbers: vec![0; 128], ..shapes(0) };
    let error = numbers.pack().unwrap_err();
    assert_eq!(error.to_string(), "Shapes.numbers: length 256 is above the limit of 255");
}

#[derive(Message, Debug, PartialEq)]
#[msg_type = 2]
struct Exact {
    #[wire(len = 4)]
    numbers: Vec<u16>,
    #[wire(len = 4, item(len = u8))]
    names: Vec<String>,
}

#[test]
fn another_length_than_the_fixed_one() {
    let exact = |numbers: &[u16], name: &str| Exact {
        numbers: numbers.to_vec(),
        names: vec![name.to_owned()],
    };
    let good = exact(&[1, 2], "abc");
    assert_eq!(good.pack().unwrap(), b"\x02\0\x01\0\x02\x03abc");
    assert_eq!(Exact::unpack(&good.pack().unwrap()).unwrap(), good);
    let error = exact(&[1], "abc").pack().unwrap_err();
    assert_eq!(error.to_string(), "Exact.numbers: length 2 is below the limit of 4");
    let error = exact(&[1, 2], "ab").pack().unwrap_err();
    assert_eq!(error.to_string(), "Exact.names: length 3 is below the limit of 4");
    let error = exact(&[1, 2], "abcd").pack().unwrap_err();
    assert_eq!(error.to_string(), "Exact.names: length 5 is above the limit of 4");
}

#[derive(Message, Debug, PartialEq)]
#[msg_type = 3]
struct Deep {
    #[wire(len = varint)]
    outer: Outer,
}

#[derive(Wire, Debug, PartialEq)]
struct Outer {
    #[wire(len = varint, item(len = varint))]
    inner: Vec<String>,
    #[wire(len = u8)]
    short: String,
}

#[test]
fn a_fault_in_a_group_is_found_by_its_path() {
    let deep = |short: usize| Deep {
        outer: Outer { inner: vec!["x".repeat(200)], short: "y".repeat(short) },
    };
    let bytes = deep(255).pack().unwrap();
    assert_eq!(bytes[..7], [3, 0xcc, 0x03, 0xca, 0x01, 0xc8, 0x01]);
    assert_eq!(Deep::unpack(&bytes).unwrap(), deep(255));
    let error = deep(256).pack().unwrap_err();
    assert_eq!(error.to_string(), "Deep.outer.short: length 256 is above the limit of 255");
}

#[test]
fn what_a_newer_sender_adds_to_a_group() {
    let bytes = [4, 3, 5, 0xaa, 0xbb, 6];
    let message = GroupsExtensible { message: Extensible { known: 5 }, end: 6 };
    assert_eq!(GroupsExtensible::unpack(&bytes).unwrap(), message);
}

#[test]
fn sizes() {
    assert_eq!((Shapes::MIN_LEN, Shapes::MAX_LEN), (10, Some(1 + 256 + 4 + 256 + 256 + 2)));
    assert_eq!((Exact::MIN_LEN, Exact::MAX_LEN), (9, Some(9)));
    assert_eq!((Deep::MIN_LEN, Deep::MAX_LEN), (4, None));
    assert_eq!((GroupsExtensible::MIN_LEN, GroupsExtensible::MAX_LEN), (4, Some(1 + 256 + 1)));
    assert_eq!(Shapes::MEMORY_PER_BYTE, (11 * 2 + 128 + 3 * 2 + 8) / 2);
}
