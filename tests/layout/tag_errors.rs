//! The exact text of every error of a tag, in both directions.

use protocol_core::{Pack, Unpack};

use crate::case::from_hex;
use crate::messages::tags::{
    Any24, Any48, AnyLittle, AnyVarint, Ranged, TagRanges, TagWords, TagsUnknown, Word,
};
use crate::messages::{self};

/// Asserts the error that the bytes, written in hex with spaces, give as the message `name`.
fn refuses(name: &str, hex: &str, expected: &str) {
    let bytes = from_hex(&hex.replace(' ', ""));
    let error = (messages::find(name).unpack)(&bytes).expect_err(expected);
    assert_eq!(error.to_string(), expected, "{name} of {hex}");
}

#[test]
fn an_unknown_tag_is_where_it_stands() {
    refuses(
        "tag_widths",
        "01 1201 123402 12345703 1234567804",
        "TagWidths.u24 at byte 6: no variant has the tag 1193047 \
         (after 01 12 01 12 34 02, at 12 34 57 03 12 34 56 78)",
    );
    refuses(
        "tags_ordered",
        "03 1234 0001 12345678 0002",
        "TagsOrdered.little at byte 1: no variant has the tag 13330 \
         (after 03, at 12 34 00 01 12 34 56 78)",
    );
}

#[test]
fn a_varint_tag_is_minimal() {
    refuses(
        "tags_unknown",
        "06 ffffff ffffffffffff 8000 ffff",
        "TagsUnknown.varint at byte 10: the variable-length number is not in its shortest form \
         (after ff ff ff ff ff ff ff ff, at 80 00 ff ff)",
    );
}

#[test]
fn a_tag_outside_of_its_range() {
    let pack = |ranged| {
        let rest = [0; 5].map(|_| Ranged::None);
        let [a, b, c, d, e] = rest;
        TagRanges { all: [ranged, a, b, c, d, e] }.pack().unwrap_err().to_string()
    };
    assert_eq!(pack(Ranged::Private(8, 0)), "TagRanges.all[0].Private.0: 8 is outside 3..=7");
    assert_eq!(pack(Ranged::Private(2, 0)), "TagRanges.all[0].Private.0: 2 is outside 3..=7");
    assert_eq!(
        pack(Ranged::Letter { letter: b'A' }),
        "TagRanges.all[0].Letter.letter: 65 is outside 97..=122"
    );
}

#[test]
fn a_known_tag_as_unknown() {
    let text = |tag| {
        format!(
            "TagRanges.all[5]: {tag} is known, so it cannot stand in the variant for unknown ones"
        )
    };
    for tag in [0, 3, 5, 7, 97, 122] {
        let mut all = [0; 6].map(|_| Ranged::None);
        all[5] = Ranged::Other(tag);
        assert_eq!(TagRanges { all }.pack().unwrap_err().to_string(), text(tag));
    }
    // By a constant.
    let words = [Word::Letter, Word::Letter, Word::Letter, Word::Other(0x40, [0; 4])];
    assert_eq!(
        TagWords { words }.pack().unwrap_err().to_string(),
        "TagWords.words[3]: 64 is known, so it cannot stand in the variant for unknown ones"
    );
}

#[test]
fn a_tag_that_does_not_fit_its_type() {
    let value = || TagsUnknown {
        u24: Any24::Other(2),
        u48: Any48::Other(2),
        varint: AnyVarint::Other(2),
        little: AnyLittle::Other(2),
    };
    let too_large = TagsUnknown { u24: Any24::Other(1 << 24), ..value() };
    assert_eq!(
        too_large.pack().unwrap_err().to_string(),
        "TagsUnknown.u24: 16777216 is above the largest value of 16777215"
    );
    let too_large = TagsUnknown { u48: Any48::Other(1 << 48), ..value() };
    assert_eq!(
        too_large.pack().unwrap_err().to_string(),
        "TagsUnknown.u48: 281474976710656 is above the largest value of 281474976710655"
    );
    assert_eq!(TagsUnknown::unpack(&value().pack().unwrap()).unwrap(), value());
}
