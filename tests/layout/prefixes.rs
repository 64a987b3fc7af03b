//! Every proper prefix of every golden message is refused as too short, with what is missing; and
//! the exact text of a table of such errors.

use bytes::Bytes;
use protocol_core::UnpackErrorKind;

use crate::case::{Case, End, golden};
use crate::messages;

#[test]
fn every_prefix_is_too_short() {
    for case in messages::all() {
        let golden = case.golden();
        for len in 0..golden.len() {
            eprintln!("message `{}`, {len} bytes of it", case.name);
            refuses(case, &golden, len);
        }
    }
}

/// Asserts that the first `len` bytes of a message are no message, unless it has an open end.
fn refuses(case: &Case, golden: &[u8], len: usize) {
    let prefix = &golden[..len];
    let error = match (case.repack)(prefix) {
        Err(error) => error,
        Ok(repacked) => {
            assert_eq!(case.end, End::Open, "a prefix was taken for a message");
            assert!(case.is_canonical(prefix, &repacked), "it packs to {repacked:02x?}");
            return;
        }
    };
    let shared = (case.unpack_shared)(&Bytes::copy_from_slice(prefix));
    assert_eq!(shared.as_ref(), Err(&error), "sharing makes another error");
    let text = error.to_string();
    assert!(error.offset() <= len, "{text}: outside the bytes");
    let root = |root: &&str| text.starts_with(*root);
    assert!(case.roots.iter().any(root), "{text}: does not begin with the message");
    if len < case.id_len {
        // Of a number of any length the byte that is missing is told, and not the first.
        let places = [0, len].map(|at| format!(".type at byte {at}: "));
        let is_told = places.iter().any(|place| text.contains(place.as_str()));
        assert!(is_told, "{text}: the number is not complete");
    }
    match error.kind() {
        UnpackErrorKind::TooShort { missing } => {
            assert!(missing > 0, "{text}: nothing is missing");
            assert!(len + missing <= golden.len(), "{text}: more than was missing");
        }
        // What ends with the bytes may be cut inside a character, or below its least length, or its
        // checksum may be missing, so that the bytes before it are taken for one.
        UnpackErrorKind::NotUtf8 { .. }
        | UnpackErrorKind::BelowLimit { .. }
        | UnpackErrorKind::Checksum { .. } => {
            assert_eq!(case.end, End::Open, "{text}");
        }
        kind => panic!("{kind:?} for a prefix: {text}"),
    }
}

/// Message, length of the prefix, error. The numbers are counted by hand from the tables of bytes.
const TEXTS: &[(&str, usize, &str)] = &[
    ("unsigned", 0, "Unsigned.type at byte 0: 1 more byte needed"),
    ("unsigned", 1, "Unsigned.a at byte 1: 31 more bytes needed (after 01)"),
    ("unsigned", 3, "Unsigned.b at byte 2: 29 more bytes needed (after 01 12, at 12)"),
    (
        "unsigned",
        31,
        "Unsigned.e at byte 16: 1 more byte needed \
         (after 12 34 56 78 9a bc de f0, at 01 02 03 04 05 06 07 08)",
    ),
    ("pair", 2, "Pair.0 at byte 1: 2 more bytes needed (after 09, at ab)"),
    ("ping", 0, "Ping.type at byte 0: 1 more byte needed"),
    ("flags", 2, "Flags.no at byte 2: 1 more byte needed (after 01 01)"),
    ("chars", 4, "Chars.ascii at byte 1: 13 more bytes needed (after 02, at 00 00 00)"),
    (
        "durations",
        10,
        "Durations.none at byte 9: 27 more bytes needed (after 00 00 00 00 00 00 00 00, at 00)",
    ),
    (
        "addresses",
        22,
        "Addresses.either_four at byte 22: 5 more bytes needed (after 00 00 00 00 00 00 01 04)",
    ),
    ("options", 3, "Options.some at byte 3: 7 more bytes needed (after 07 00 01)"),
    ("boxes", 3, "Boxes.number at byte 1: 7 more bytes needed (after 08, at 01 02)"),
    ("texts", 3, "Texts.string at byte 1: 6 more bytes needed (after 01, at 00 00)"),
    ("texts", 7, "Texts.string at byte 5: 7 more bytes needed (after 01 00 00 00 05, at 67 72)"),
    (
        "borrowed",
        15,
        "Borrowed.bytes at byte 14: 9 more bytes needed (after c3 a4 67 65 00 00 00 02, at 00)",
    ),
    ("blob", 6, "Blob.shared at byte 5: 5 more bytes needed (after 03 00 00 00 02, at de)"),
    ("arrays", 7, "Arrays.words at byte 5: 29 more bytes needed (after 01 01 02 03 04, at 00 05)"),
    ("tuples", 3, "Tuples.two.1 at byte 3: 24 more bytes needed (after 02 01 02)"),
    ("numbers", 6, "Numbers.words at byte 5: 15 more bytes needed (after 01 00 00 00 02, at 00)"),
    ("lists", 8, "Lists.texts at byte 5: 17 more bytes needed (after 02 00 00 00 02, at 00 00 00)"),
    (
        "lists",
        35,
        "Lists.options[1] at byte 34: 1 more byte needed (after 00 00 00 00 00 02 00 01, at 00)",
    ),
    (
        "part_lists",
        10,
        "PartLists.points at byte 5: 15 more bytes needed (after 03 00 00 00 02, at 00 01 ff ff 00)",
    ),
    (
        "slices",
        17,
        "Slices.texts[1] at byte 15: 2 more bytes needed (after 00 02 75 6e 00 00 00 04, at 64 65)",
    ),
    (
        "small_map",
        6,
        "SmallMap.entries at byte 5: 5 more bytes needed (after 01 00 00 00 02, at 01)",
    ),
    ("keys", 22, "Keys.texts[0] at byte 22: 1 more byte needed (after 00 00 00 03 00 01 04 01)"),
    ("point", 1, "Point.x at byte 0: 3 more bytes needed (at ff)"),
    ("line", 2, "Line.from.x at byte 1: 9 more bytes needed (after 01, at 00)"),
    ("line", 7, "Line.to.y at byte 7: 4 more bytes needed (after 01 00 01 00 02 ff fd)"),
    (
        "envelope",
        8,
        "Envelope.inner.level at byte 8: 3 more bytes needed (after 04 00 00 00 03 61 6e 6e)",
    ),
    ("page", 9, "Page.items at byte 7: 2 more bytes needed (after 05 00 02 00 00 00 01, at 00 05)"),
    ("block", 6, "Block.words at byte 1: 4 more bytes needed (after 06, at 00 00 00 01 00)"),
    ("wrapped", 2, "Wrapped.far.0 at byte 1: 8 more bytes needed (after 08, at 00)"),
    ("shape", 0, "Shape at byte 0: 1 more byte needed"),
    (
        "shapes",
        9,
        "Shapes.shapes[1].Circle.0 at byte 7: 2 more bytes needed (after 01 00 00 00 04 00 01, at 00 00)",
    ),
    (
        "shapes",
        22,
        "Shapes.shapes[3].Label.text at byte 21: 3 more bytes needed \
         (after 03 00 04 07 00 00 00 03, at 64)",
    ),
    (
        "shapes",
        24,
        "Shapes.shapes[3].Label.size at byte 24: 1 more byte needed (after 07 00 00 00 03 64 6f 74)",
    ),
    ("tags", 2, "Tags.a at byte 1: 15 more bytes needed (after 03, at 01)"),
    (
        "tree",
        7,
        "Tree.root.children at byte 6: 9 more bytes needed (after 01 01 00 00 00 02, at 02)",
    ),
    (
        "tree",
        18,
        "Tree.root.children[1].children at byte 16: 3 more bytes needed \
         (after 00 00 00 03 00 00 00 01, at 04 00)",
    ),
    ("chain", 5, "Chain.next.value at byte 4: 2 more bytes needed (after 02 00 01 01, at 00)"),
    ("lengths", 4, "Lengths.b at byte 3: 23 more bytes needed (after 01 01 61, at 00)"),
    ("lengths", 32, "Lengths.g at byte 32: 1 more byte needed (after 00 00 00 00 00 00 01 67)"),
    ("varint_long", 2, "VarintLong.two_bytes at byte 2: 2 more bytes needed (after 05 ac)"),
    ("fixed", 3, "Fixed.text at byte 1: 11 more bytes needed (after 06, at 47 49)"),
    ("counts_fixed", 2, "CountsFixed.words at byte 1: 10 more bytes needed (after 05, at 00)"),
    ("rest_words", 2, "RestWords.words[0] at byte 1: 1 more byte needed (after 03, at 00)"),
    (
        "rest_parts",
        5,
        "RestParts.parts[1].name at byte 4: 1 more byte needed (after 04 01 61 02, at 62)",
    ),
    ("rest_middle", 3, "RestMiddle.end at byte 2: 1 more byte needed (after 0d 01, at 69)"),
    ("id16", 1, "Id16.type at byte 0: 1 more byte needed (at 01)"),
    ("id32", 0, "Id32.type at byte 0: 4 more bytes needed"),
    ("converted", 3, "Converted.digits at byte 2: 1 more byte needed (after 04 01, at 21)"),
    ("renamed", 1, "login-request.type at byte 1: 2 more bytes needed (after 05)"),
    ("keeping", 1, "Keeping.value at byte 1: 1 more byte needed (after 02)"),
    ("chat_login", 0, "Chat.type at byte 0: 1 more byte needed"),
    ("chat_data", 3, "Data.text at byte 1: 2 more bytes needed (after 03, at 00 00)"),
    (
        "strict_data",
        8,
        "Data.text at byte 5: 2 more bytes needed (after 03 00 00 00 05, at 68 65 6c)",
    ),
    ("wide_open", 1, "Wide.type at byte 0: 1 more byte needed (at 01)"),
    ("device_read", 5, "Read.register at byte 4: 3 more bytes needed (after 02 00 01 00, at 06)"),
];

#[test]
fn what_they_say() {
    for (name, len, expected) in TEXTS {
        let case = messages::find(name);
        let error = (case.unpack)(&golden(name)[..*len]).unwrap_err();
        assert_eq!(error.to_string(), *expected, "message `{name}`, {len} bytes of it");
    }
}
