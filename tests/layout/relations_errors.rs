//! What is said of fields that do not follow from each other, of absent ones, and of values that must
//! not be.

use std::time::Duration;

use protocol_core::{Pack, Unpack, Update};

use crate::messages::presence::{
    Conditional, Flagged, Sealed, Shared, Tailed, Versioned, VersionedSum,
};
use crate::messages::relations::{
    Body, Column, Counted, Datagram, Enormous, Far, FarSized, FarTold, Head, Nested, OnWire, Row,
    TwoLists,
};
use crate::messages::values::{
    Celsius, Constants, Converted, ConvertedInside, Padded, Ranged, SumInFront, SumInside,
    SumOfUser,
};

/// What packing says.
fn refused<T: Pack>(value: &T) -> String {
    let error = value.pack().expect_err("it does not pack");
    assert_eq!(value.packed_len().expect_err("nor is it counted"), error);
    error.to_string()
}

/// What unpacking says, without the bytes around the place.
fn unread<'a, T: Unpack<'a>>(bytes: &'a [u8]) -> String {
    let text = T::unpack(bytes).map(drop).expect_err("it does not unpack").to_string();
    text.split(" (").next().unwrap_or_default().to_owned()
}

#[test]
fn what_the_struct_holds_in_a_derived_field_is_not_looked_at() {
    let bytes = Counted { n: 999, items: vec![1, 2, 3] }.pack().unwrap();
    assert_eq!(bytes, [1, 0, 2, 0, 1, 0, 2, 0, 3]);
    let mut datagram = Datagram { words: 9, total: 9, options: vec![1; 8], payload: "abcd".into() };
    assert_eq!(&datagram.pack().unwrap()[..4], [3, 2, 0, 15]);
    datagram.update().unwrap();
    assert_eq!((datagram.words, datagram.total), (2, 15));
    let column = Column { len: 77, value: None };
    assert_eq!(column.pack().unwrap(), (-1_i32).to_be_bytes());
    let nested = Nested { head: Head { kind: 7, len: 0 }, text: "hi" };
    assert_eq!(nested.pack().unwrap(), b"\x04\x07\x00\x02hi");
    let flagged = Flagged { flags: 0x7f, a: None, b: Some(1), tail: 0 };
    assert_eq!(flagged.pack().unwrap()[1], 0xfe);
}

#[test]
fn packing_refuses_what_does_not_follow() {
    let counted = Counted { n: 0, items: vec![1, 2] };
    assert_eq!(
        refused(&counted),
        "Counted.n: the relation of fields has no result: too large, not whole, or divided by 0"
    );
    let lists = TwoLists { n: 0, a: vec![1], b: vec![1, 2] };
    assert_eq!(refused(&lists), "TwoLists.b: 2 where earlier fields tell 1");
    let lists = TwoLists { n: 0, a: vec![0; 300], b: vec![0; 300] };
    assert_eq!(refused(&lists), "TwoLists.n: 300 does not fit the type of the field");
    let datagram = Datagram { words: 0, total: 0, options: vec![1, 2, 3], payload: String::new() };
    assert_eq!(
        refused(&datagram),
        "Datagram.words: the relation of fields has no result: too large, not whole, or divided by 0"
    );
    let far = Far { kind: 0, flag: 0, body: Body::Other(300, vec![]) };
    assert_eq!(refused(&far), "Far.kind: 300 does not fit the type of the field");
    let on_wire = OnWire { items: vec![1, 2], text: "x".repeat(255) };
    assert_eq!(refused(&on_wire), "OnWire.end: 256 does not fit the type of the field");
}

#[test]
fn packing_refuses_what_is_there_against_its_condition() {
    let conditional = Conditional { version: 1, extra: Some(7) };
    assert_eq!(
        refused(&conditional),
        "Conditional.extra: there where earlier fields tell that it is absent"
    );
    let conditional = Conditional { version: 2, extra: None };
    assert_eq!(
        refused(&conditional),
        "Conditional.extra: absent where earlier fields tell that it is there"
    );
    let tailed = Tailed { a: 1, b: None, c: Some("x".into()) };
    assert_eq!(refused(&tailed), "Tailed.c: there where earlier fields tell that it is absent");
}

#[test]
fn one_bit_for_two_fields_and_a_mask_of_several() {
    let superfluous = "there where earlier fields tell that it is absent";
    let missing = "absent where earlier fields tell that it is there";
    let shared = |flags, a, b, c| Shared { flags, a, b, c };
    assert_eq!(refused(&shared(1, Some(1), None, None)), format!("Shared.a: {superfluous}"));
    assert_eq!(refused(&shared(0, None, Some(1), None)), format!("Shared.a: {missing}"));
    assert_eq!(shared(0, Some(1), Some(2), None).pack().unwrap(), [7, 1, 0, 1, 0, 2]);
    // Which of the two bits it is, only the struct knows.
    assert_eq!(refused(&shared(0, None, None, Some(1))), format!("Shared.c: {superfluous}"));
    assert_eq!(refused(&shared(2, None, None, None)), format!("Shared.c: {missing}"));
    assert_eq!(shared(4, None, None, Some(1)).pack().unwrap(), [7, 4, 1]);
}

#[test]
fn what_an_absent_field_would_have_to_be_is_not_asked() {
    let sealed = |bytes: &[u8]| unread::<Sealed>(bytes);
    assert_eq!(sealed(b"\x08\x01\x06\x00"), "Sealed.kind at byte 2: 6 where 7 must stand");
    assert_eq!(sealed(b"\x08\x04\x01\x00"), "Sealed.spare at byte 2: reserved, and not zero");
    assert_eq!(
        sealed(b"\x08\x02\x00\x00\x00\x00\x00"),
        "Sealed.sum at byte 2: checksum 0x0, and the bytes have 0xfc0a00a8"
    );
    assert_eq!(
        sealed(b"\x08\x00\x00\x00\x00\x00\x01"),
        "Sealed.end at byte 3: checksum 0x1, and the bytes have 0xd202ef8d"
    );
    let mut value = Sealed {
        flags: 0xff,
        kind: Some(0),
        sum: None,
        spare: None,
        body: "".into(),
        end: Some(0),
    };
    assert_eq!(value.pack().unwrap(), b"\x08\xf9\x07\x00\xd2\x02\xef\x8d");
    value.update().unwrap();
    assert_eq!((value.flags, value.kind, value.end), (0xf9, Some(7), Some(0xd202_ef8d)));
}

#[test]
fn a_reader_never_leaves_its_group() {
    assert_eq!(
        unread::<FarSized>(b"\x08\x01\x00\x03\x00\x00\x00\x05\x09"),
        "FarSized.body.Number.0 at byte 4: 1 more byte needed than its length says"
    );
    assert_eq!(
        unread::<FarSized>(b"\x08\x01\x00\x05\x00\x00\x00\x05\x09"),
        "FarSized.body at byte 8: 1 byte is left over of its length"
    );
    assert_eq!(
        unread::<FarTold>(b"\x09\x01\x05\xee\x00\x00\x00\x05\x09"),
        "FarTold.body at byte 8: 1 byte is left over of its length"
    );
    assert_eq!(
        unread::<Datagram>(b"\x03\x01\x00\x06\x01\x02\x03\x04"),
        "Datagram.payload at byte 8: -1 is below 0"
    );
    assert_eq!(unread::<Counted>(b"\x01\x00\x00"), "Counted.items at byte 3: -1 is below 0");
    assert_eq!(
        unread::<Row>(b"\x05\x01\xff\xff\xff\xfe"),
        "Row.columns[0].value at byte 6: -2 is below 0"
    );
}

#[test]
fn wrong_constants() {
    assert_eq!(
        unread::<Constants>(b"\x01AB\x03\x0a\x05\xbe\xef\x01"),
        "Constants.magic at byte 1: not the constant that must stand here"
    );
    assert_eq!(
        unread::<Constants>(b"\x01AA\x04\x0a\x05\xbe\xef\x01"),
        "Constants.version at byte 3: 4 where 3 must stand"
    );
    assert_eq!(
        unread::<Constants>(b"\x01AA\x03\x0b\x05\xbe\xef\x01"),
        "Constants.twice at byte 4: 11 where 10 must stand"
    );
    assert_eq!(
        unread::<Constants>(b"\x01AA\x03\x0a\x05\xbe\xee\x01"),
        "Constants.magic at byte 6: not the constant that must stand here"
    );
    let constants = Constants { version: 0, twice: 0, half: 128, end: 0 };
    assert_eq!(refused(&constants), "Constants.twice: 256 does not fit the type of the field");
    assert_eq!(
        unread::<OnWire>(b"\x06\x03\x00\x02\x08\x09hi\x03"),
        "OnWire.n at byte 1: 3 where 2 must stand"
    );
    assert_eq!(
        unread::<OnWire>(b"\x06\x02\x00\x02\x08\x09hi\x04"),
        "OnWire.end at byte 8: 4 where 3 must stand"
    );
}

#[test]
fn wrong_checksums() {
    assert_eq!(
        unread::<SumInFront>(b"\x02\xf8\x34\x21\xd9\x07\x05hello"),
        "SumInFront.crc at byte 1: checksum 0xf83421d9, and the bytes have 0xf83421d8"
    );
    assert_eq!(
        unread::<SumInside>(b"\x03\x45\x00\xa7\xc3\x12\x34\x01\x09\xad\x8e"),
        "SumInside.sum at byte 3: checksum 0xa7c3, and the bytes have 0xa7c2"
    );
    assert_eq!(
        unread::<SumOfUser>(b"\x04abd\x4e\x02"),
        "SumOfUser.sum at byte 4: checksum 0x24e, and the bytes have 0x251"
    );
}

#[test]
fn padding_and_reserved_bytes_are_zero() {
    for (index, says) in [
        (2, "Padded.pad at byte 2: 0x01 where padding must be 0"),
        (3, "Padded.pad at byte 3: 0x01 where padding must be 0"),
        (5, "Padded.align at byte 5: 0x01 where padding must be 0"),
        (9, "Padded.spare at byte 9: reserved, and not zero"),
    ] {
        let mut bytes = Padded { a: 1, b: 2, c: 3, spare: 7, d: 4 }.pack().unwrap();
        assert_eq!(bytes[9], 0, "what a reserved field holds is not written");
        bytes[index] = 1;
        assert_eq!(unread::<Padded>(&bytes), says);
    }
}

#[test]
fn values_that_must_not_be() {
    let fine = Converted { a: 1, b: Celsius(10), c: 5, d: 2, pin: 4321 };
    let refused = |change: fn(&mut Converted)| {
        let mut value = fine.clone();
        change(&mut value);
        refused(&value)
    };
    assert_eq!(
        refused(|it| it.a = 1 << 24),
        "Converted.a: the value does not fit the type on the wire"
    );
    assert_eq!(
        refused(|it| it.b = Celsius(200)),
        "Converted.b: the value does not fit the type on the wire"
    );
    assert_eq!(refused(|it| it.c = 0), "Converted.c: 0 is outside 1..=100");
    assert_eq!(refused(|it| it.d = 5), "Converted.d: d must be below c");
    let unread = |index: usize, byte: u8| {
        let mut bytes = fine.pack().unwrap();
        bytes[index] = byte;
        unread::<Converted>(&bytes)
    };
    assert_eq!(
        unread(4, 201),
        "Converted.b at byte 4: the value does not fit the type of the field"
    );
    assert_eq!(unread(6, 101), "Converted.c at byte 5: 101 is outside 1..=100");
    assert_eq!(unread(8, 6), "Converted.d at byte 7: d must be below c");
    let mut bytes = fine.pack().unwrap();
    bytes[9..].fill(0);
    let error = Converted::unpack(&bytes).unwrap_err().to_string();
    assert!(error.starts_with("Converted.pin at byte 9: the secret has a wrong value"), "{error}");
}

#[test]
fn ranges_of_what_is_no_whole_number() {
    let fine = Ranged {
        ratio: 1.0,
        letter: 'a',
        wait: Duration::from_nanos(59_999_999_999),
        level: 4,
        large: 1,
        end: None,
    };
    let bytes = fine.pack().unwrap();
    assert_eq!(Ranged::unpack(&bytes).unwrap(), fine);
    let refused = |change: fn(&mut Ranged)| {
        let mut value = fine.clone();
        change(&mut value);
        refused(&value)
    };
    assert_eq!(refused(|it| it.ratio = 1.5), "Ranged.ratio: the value is outside 0.0..=1.0");
    assert_eq!(refused(|it| it.ratio = f32::NAN), "Ranged.ratio: the value is outside 0.0..=1.0");
    assert_eq!(refused(|it| it.letter = 'A'), "Ranged.letter: the value is outside 'a'..='z'");
    assert_eq!(
        refused(|it| it.wait = Duration::from_secs(60)),
        "Ranged.wait: the value is outside ..Duration::from_secs(60)"
    );
    assert_eq!(refused(|it| it.level = 5), "Ranged.level: 5 is outside -5..=4");
    assert_eq!(refused(|it| it.large = 0), "Ranged.large: 0 is below 1");
    assert_eq!(refused(|it| it.end = Some(0.0)), "Ranged.end: the value is outside 0.5..");
    let unread = |index: usize, byte: u8| {
        let mut bytes = bytes.clone();
        bytes[index] = byte;
        unread::<Ranged>(&bytes)
    };
    assert_eq!(unread(1, 0xbf), "Ranged.ratio at byte 1: the value is outside 0.0..=1.0");
    assert_eq!(unread(8, 0x7b), "Ranged.letter at byte 5: the value is outside 'a'..='z'");
    assert_eq!(unread(21, 0xfa), "Ranged.level at byte 21: -6 is outside -5..=4");
}

#[test]
fn values_within_others_that_must_not_be() {
    let no_conversion = "the value does not fit the type of the field";
    assert_eq!(
        unread::<ConvertedInside>(b"\x07\x00\x00\x00o"),
        format!("ConvertedInside.told at byte 2: {no_conversion}")
    );
    assert_eq!(
        unread::<ConvertedInside>(b"\x07\x01n\x02\x01\xff\x00o"),
        format!("ConvertedInside.list[1] at byte 5: {no_conversion}")
    );
    assert_eq!(
        unread::<ConvertedInside>(b"\x07\x01n\x00\x01\x00o"),
        format!("ConvertedInside.option at byte 5: {no_conversion}")
    );
    assert_eq!(
        unread::<ConvertedInside>(b"\x07\x01n\x00\x00\xff"),
        format!("ConvertedInside.rest[0] at byte 5: {no_conversion}")
    );
}

#[test]
fn versions() {
    let value = Versioned { a: 1, b: 2, c: 3, d: Some(4), e: 5 };
    assert_eq!(value.pack_version(0).unwrap(), b"\x05\x01\x02\x05");
    assert_eq!(value.pack_version(1).unwrap(), b"\x05\x01\x02\x01\x04\x05");
    assert_eq!(value.pack_version(2).unwrap(), b"\x05\x01\x02\x00\x03\x05");
    assert_eq!(value.pack_version(3).unwrap(), value.pack().unwrap());
    let read = Versioned::unpack_version(b"\x05\x01\x02\x01\x04\x05", 1).unwrap();
    assert_eq!(read, Versioned { a: 1, b: 2, c: 99, d: Some(4), e: 5 });
    let error = Versioned::unpack_version(b"\x05\x01\x02\x05", 1).unwrap_err().to_string();
    assert!(error.starts_with("Versioned.d at byte 3: 0x05 is neither 0 nor 1"), "{error}");
}

#[test]
fn nothing_is_asked_of_a_field_that_the_version_does_not_have() {
    let value = VersionedSum { sum: 0, a: 1, n: 0, late: vec![], b: vec![5, 6], c: 0, d: 9, e: 0 };
    assert_eq!(value.pack_version(1).unwrap(), b"\x09\x01\x02\x05\x06");
    let read = VersionedSum::unpack_version(b"\x09\x01\x02\x05\x06", 1).unwrap();
    assert_eq!(read, VersionedSum { n: 2, d: 0, ..value.clone() });
    assert_eq!(
        refused(&VersionedSum { late: vec![8, 9], ..value.clone() }),
        "VersionedSum.d: 9 is outside 1..=3"
    );
    // What is always there says what the count is.
    assert_eq!(
        refused(&VersionedSum { n: 2, d: 1, ..value }),
        "VersionedSum.late: 0 where earlier fields tell 2"
    );
}

#[test]
fn a_count_beyond_all_numbers() {
    assert_eq!(
        unread::<Enormous>(&[0x3f; 16]),
        "Enormous.items at byte 16: 168139522478581358417196864848638410366 is above \
         18446744073709551615"
    );
    let no_result = "the relation of fields has no result: too large, not whole, or divided by 0";
    assert_eq!(unread::<Enormous>(&[0x7f; 16]), format!("Enormous.items at byte 16: {no_result}"));
    assert_eq!(unread::<Enormous>(&[0xff; 16]), format!("Enormous.items at byte 16: {no_result}"));
}
