//! The exact text of every error of unpacking but "too short", with its path and its place.

use protocol_core::{Limits, Message, Pack, Protocol, Unpack, UnpackErrorKind, Wire};

use crate::case::from_hex;
use crate::messages;

/// Asserts the error that the bytes, written in hex with spaces, give as the message `name`.
fn says(name: &str, hex: &str, expected: &str) {
    let bytes = from_hex(&hex.replace(' ', ""));
    let error = (messages::find(name).unpack)(&bytes).expect_err(expected);
    assert_eq!(error.to_string(), expected, "{name} of {hex}");
}

#[test]
fn not_utf8() {
    says(
        "texts",
        "01 00000002 68ff 00000000",
        "Texts.string at byte 6: the text is not UTF-8 after 1 byte \
         (after 01 00 00 00 02 68, at ff 00 00 00 00)",
    );
    // A character that is cut by the end of the message.
    says(
        "rest_text",
        "01 68 c3",
        "RestText.text at byte 2: the text is not UTF-8 after 1 byte (after 01 68, at c3)",
    );
    // A surrogate, and the overlong form of `/`.
    says(
        "rest_str",
        "06 eda080",
        "RestStr.text at byte 1: the text is not UTF-8 after 0 bytes (after 06, at ed a0 80)",
    );
    says(
        "rest_cow",
        "09 6162 c0af",
        "RestCow.text at byte 3: the text is not UTF-8 after 2 bytes (after 09 61 62, at c0 af)",
    );
}

#[test]
fn not_bool() {
    says("flags", "01 01 02", "Flags.no at byte 2: 0x02 is neither 0 nor 1 (after 01 01, at 02)");
    says(
        "options",
        "07 ff 00 00 00 00",
        "Options.none at byte 1: 0xff is neither 0 nor 1 (after 07, at ff 00 00 00 00)",
    );
    says(
        "lists",
        "02 00000000 00000000 00000002 00 02 00000000",
        "Lists.options[1] at byte 14: 0x02 is neither 0 nor 1 \
         (after 00 00 00 00 00 00 02 00, at 02 00 00 00 00)",
    );
}

#[test]
fn not_char() {
    says(
        "chars",
        "02 00000041 0000d800 00000041 00000041",
        "Chars.latin at byte 5: 0xd800 is no Unicode scalar value \
         (after 02 00 00 00 41, at 00 00 d8 00 00 00 00 41)",
    );
    says(
        "chars",
        "02 00110000 00000041 00000041 00000041",
        "Chars.ascii at byte 1: 0x110000 is no Unicode scalar value \
         (after 02, at 00 11 00 00 00 00 00 41)",
    );
}

#[test]
fn zero() {
    let mut bytes = messages::find("non_zero").golden().to_vec();
    bytes[3] = 0;
    let error = (messages::find("non_zero").unpack)(&bytes).unwrap_err();
    assert_eq!(error.kind(), UnpackErrorKind::Zero);
    assert_eq!(
        error.to_string(),
        "NonZeros.b at byte 2: 0 where no 0 is allowed (after 08 01, at 00 00 00 00 00 03 00 00)"
    );
}

#[test]
fn above_limit() {
    says(
        "limits",
        "01 00000004 61626364 00 00000000 0000",
        "Highest.text at byte 1: length 4 is above the limit of 3 \
         (after 01, at 00 00 00 04 61 62 63 64)",
    );
    says(
        "limits",
        "01 00000000 0b 00000000 0000",
        "Highest.short at byte 5: length 11 is above the limit of 10 \
         (after 01 00 00 00 00, at 0b 00 00 00 00 00 00)",
    );
    says(
        "limits",
        "01 00000000 00 ffffffff 0000",
        "Highest.words at byte 6: length 4294967295 is above the limit of 4 \
         (after 01 00 00 00 00 00, at ff ff ff ff 00 00)",
    );
    says(
        "limits",
        "01 00000000 00 00000000 0003",
        "Highest.map at byte 10: length 3 is above the limit of 2 \
         (after 00 00 00 00 00 00 00 00, at 00 03)",
    );
    says(
        "limits_item",
        "05 02 0161 03626364",
        "ItemWithin.texts[1] at byte 4: length 3 is above the limit of 2 \
         (after 05 02 01 61, at 03 62 63 64)",
    );
    says(
        "limits_rest",
        "03 6162636465",
        "RestWithin.text at byte 1: length 5 is above the limit of 4 (after 03, at 61 62 63 64 65)",
    );
    says(
        "limits_rest_list",
        "04 0001 0002 0003",
        "RestListWithin.words at byte 1: length 3 is above the limit of 2 \
         (after 04, at 00 01 00 02 00 03)",
    );
}

#[test]
fn below_limit() {
    says(
        "limits_low",
        "02 00000001 61 02 0001 0002",
        "Lowest.text at byte 1: length 1 is below the limit of 2 \
         (after 02, at 00 00 00 01 61 02 00 01)",
    );
    says(
        "limits_low",
        "02 00000002 6162 01 0001 0000",
        "Lowest.words at byte 7: length 1 is below the limit of 2 \
         (after 02 00 00 00 02 61 62, at 01 00 01 00 00)",
    );
}

#[test]
fn key_order() {
    says(
        "small_map",
        "01 00000002 09 0001 01 0001",
        "SmallMap.entries[1] at byte 8: the key is not greater than the one before it \
         (after 01 00 00 00 02 09 00 01, at 01 00 01)",
    );
    // The same key twice.
    says(
        "small_map",
        "01 00000002 01 0001 01 0002",
        "SmallMap.entries[1] at byte 8: the key is not greater than the one before it \
         (after 01 00 00 00 02 01 00 01, at 01 00 02)",
    );
    says(
        "rest_map",
        "05 030001 020001",
        "RestMap.map[1] at byte 4: the key is not greater than the one before it \
         (after 05 03 00 01, at 02 00 01)",
    );
}

#[test]
fn not_minimal() {
    // 1 in two bytes.
    says(
        "varint_long",
        "05 8100 61 00",
        "VarintLong.two_bytes at byte 1: the variable-length number is not in its shortest form \
         (after 05, at 81 00 61 00)",
    );
    // 2^64, which no number of 64 bits holds.
    says(
        "varint_long",
        "05 80808080808080808002 00",
        "VarintLong.two_bytes at byte 1: the variable-length number is not in its shortest form \
         (after 05, at 80 80 80 80 80 80 80 80)",
    );
    // Eleven bytes.
    says(
        "varint_long",
        "05 8080808080808080808001 00",
        "VarintLong.two_bytes at byte 1: the variable-length number is not in its shortest form \
         (after 05, at 80 80 80 80 80 80 80 80)",
    );
}

#[test]
fn unknown_tag() {
    says(
        "shapes",
        "01 00000002 00 03",
        "Shapes.shapes[1] at byte 6: no variant has the tag 3 (after 01 00 00 00 02 00, at 03)",
    );
    says("shape", "07ff", "Shape.Label.text at byte 1: 4 more bytes needed (after 07, at ff)");
    says(
        "tags_little",
        "04 0302 04030201 0807060504030201 0201",
        "TagsLittle.a at byte 1: no variant has the tag 515 (after 04, at 03 02 04 03 02 01 08 07)",
    );
    says(
        "addresses",
        "05 00000000 00000000000000000000000000000000 05 00",
        "Addresses.either_four at byte 21: no variant has the tag 5 \
         (after 00 00 00 00 00 00 00 00, at 05 00)",
    );
}

#[test]
fn unknown_and_other_messages() {
    says("strict_data", "63 00", "Strict at byte 0: no message has the type 99 (at 63 00)");
    says(
        "device_read",
        "01000100",
        "Device at byte 0: no message has the type 65537 (at 01 00 01 00)",
    );
    says("ping", "0b", "Ping at byte 0: message type 11 where 10 is expected (at 0b)");
    says(
        "id16_little",
        "0102 0000",
        "Id16Little at byte 0: message type 513 where 258 is expected (at 01 02 00 00)",
    );
}

#[test]
fn trailing() {
    says(
        "ping",
        "0a 00",
        "Ping at byte 1: 1 more byte after the end of the message (after 0a, at 00)",
    );
    says(
        "chat_logout",
        "02 6869",
        "Logout at byte 1: 2 more bytes after the end of the message (after 02, at 68 69)",
    );
    says(
        "point",
        "00010002 ff",
        "Point at byte 4: 1 more byte after the end of the message (after 00 01 00 02, at ff)",
    );
}

#[test]
fn too_large() {
    says(
        "duration_little",
        "04 0700000000000000 00ca9a3b",
        "DurationLittle.time at byte 9: 1000000000 is above the largest value of 999999999 \
         (after 07 00 00 00 00 00 00 00, at 00 ca 9a 3b)",
    );
}

#[test]
fn refused_by_a_module() {
    says(
        "converted",
        "04 01 2a43 02",
        "Converted.digits at byte 4: not a decimal digit (after 04 01 2a 43, at 02)",
    );
}

#[derive(Message, Debug, PartialEq)]
#[msg_type = 1]
struct Rows {
    #[wire(item(len = u8))]
    names: Vec<String>,
    rows: Vec<Option<[u8; 1024]>>,
}

#[test]
fn above_the_memory_budget() {
    // 30 empty names of `size_of::<String>()` bytes each.
    let mut bytes = from_hex("010000001e").to_vec();
    bytes.extend([0; 30 + 4]);
    let needed = 30 * size_of::<String>() as u64;
    let limits = Limits { memory: needed - 1, ..Limits::DEFAULT };
    let error = Rows::unpack_within(&bytes, &limits).unwrap_err();
    let expected = format!(
        "Rows.names at byte 5: {needed} bytes of memory are above what is left of the budget of {} \
         (after 01 00 00 00 1e, at 00 00 00 00 00 00 00 00)",
        needed - 1
    );
    assert_eq!(error.to_string(), expected);
    let limits = Limits { memory: needed, ..limits };
    assert!(Rows::unpack_within(&bytes, &limits).is_ok());
}

#[test]
fn too_deep() {
    // The default of the message allows 64 levels, the caller 2.
    let limits = Limits { depth: 2, ..Limits::DEFAULT };
    let golden = messages::find("chain").golden();
    let error = messages::recursive::Chain::unpack_within(&golden, &limits).unwrap_err();
    assert_eq!(error.kind(), UnpackErrorKind::TooDeep { max: 2 });
    assert_eq!(
        error.to_string(),
        "Chain.next.next at byte 7: nested more than 2 levels deep \
         (after 02 00 01 01 00 02 01, at 00 03 00)"
    );
    // The type allows 3.
    says(
        "circle",
        "04 01 05 01 01 06 01 01 07 01 01 08 00",
        "Circle.ring.link.ring.link.ring.link.ring at byte 11: nested more than 3 levels deep \
         (after 01 01 06 01 01 07 01 01, at 08 00)",
    );
}

#[test]
fn a_path_leads_through_lists_maps_and_parts() {
    #[derive(Wire, Debug)]
    struct Item {
        id: u8,
        #[wire(len = u8)]
        name: String,
    }

    #[derive(Message, Debug)]
    #[msg_type = 3]
    struct Data {
        #[wire(count = u8)]
        items: Vec<Item>,
    }

    let bytes = b"\x03\x04\x01\x00\x02\x00\x03\x00\x04\x02a\xff";
    let error = Data::unpack(bytes).unwrap_err();
    assert_eq!(
        error.to_string(),
        "Data.items[3].name at byte 11: the text is not UTF-8 after 1 byte \
         (after 00 02 00 03 00 04 02 61, at ff)"
    );
    assert_eq!(error.offset(), 11);
    assert_eq!(error.path().to_string(), "Data.items[3].name");
    assert_eq!(error.kind(), UnpackErrorKind::NotUtf8 { valid: 1 });
}

#[test]
fn names_of_the_wire_stand_in_paths() {
    #[derive(Wire, Debug)]
    #[wire(name = "shape")]
    enum Shape {
        #[wire(name = "label")]
        Label {
            #[wire(name = "type")]
            kind: bool,
        },
    }

    #[derive(Message, Debug)]
    #[msg_type = 3]
    #[wire(name = "draw-request")]
    struct Draw {
        #[wire(name = "what")]
        shape: Shape,
    }

    #[derive(Protocol, Debug)]
    #[wire(name = "drawing")]
    enum Drawing {
        Draw(Draw),
    }

    let text = Draw::unpack(&[3, 0, 7]).unwrap_err().to_string();
    assert_eq!(
        text,
        "draw-request.what.label.type at byte 2: 0x07 is neither 0 nor 1 (after 03 00, at 07)"
    );
    assert_eq!(Drawing::unpack(&[3, 0, 7]).unwrap_err().to_string(), text);
    let text = Drawing::unpack(&[4]).unwrap_err().to_string();
    assert_eq!(text, "drawing at byte 0: no message has the type 4 (at 04)");
    let text = Shape::unpack(&[1]).unwrap_err().to_string();
    assert_eq!(text, "shape at byte 0: no variant has the tag 1 (at 01)");
    let shape = Shape::Label { kind: true };
    assert_eq!(Draw { shape }.pack().as_deref(), Ok(&[3, 0, 1][..]));
    assert!(matches!(Drawing::unpack(&[3, 0, 1]), Ok(Drawing::Draw(_))));
}
