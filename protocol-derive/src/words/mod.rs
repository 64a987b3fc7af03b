//! The words of `#[wire(...)]`: what there is, where it goes, how it is written.
//!
//! A new attribute starts with a row in [`WORDS`]. Words of other libraries stand in
//! `foreign`.

mod foreign;
mod suggest;

pub(crate) use suggest::nearest;

use crate::errors::catalogue;

/// One word of `#[wire(...)]`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Word {
    After,
    Align,
    As,
    Before,
    BitOrder,
    Bits,
    Blank,
    BodyLen,
    Bound,
    Check,
    Checksum,
    Count,
    Crate,
    Default,
    Depth,
    DuplicateIds,
    Endian,
    From,
    Header,
    HeaderField,
    Id,
    If,
    Item,
    Key,
    Len,
    Magic,
    Max,
    MaxLen,
    Min,
    Name,
    Of,
    OptionalTail,
    Pad,
    PadTo,
    Range,
    Removed,
    Reply,
    Reserved,
    Rest,
    Role,
    Secret,
    Since,
    Skip,
    Start,
    State,
    Tag,
    TagNumber,
    TagOf,
    Then,
    Trailing,
    Unknown,
    Until,
    Value,
    Version,
    Warn,
    With,
}

/// Where an attribute stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Place {
    Message,
    PartStruct,
    PartEnum,
    Protocol,
    Variant,
    ProtocolVariant,
    Field,
    ProtocolField,
    Item,
    Key,
}

/// How a word is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Shape {
    /// `rest`
    Bare,
    /// `len = u16`
    Value,
    /// `item(len = u16)`
    List,
}

/// A word, how it is written, and where.
pub(crate) struct Row {
    pub(crate) word: Word,
    pub(crate) text: &'static str,
    pub(crate) shape: Shape,
    /// The word in use, for messages.
    pub(crate) usage: &'static str,
    /// Where it goes, in words.
    pub(crate) goes: &'static str,
    places: &'static [Place],
}

/// Containers that have a body of their own.
const BODIES: &[Place] = &[Place::Message, Place::PartStruct, Place::PartEnum];
const CONTAINERS: &[Place] = &[Place::Message, Place::PartStruct, Place::PartEnum, Place::Protocol];
const EXTENTS: &[Place] = &[Place::Field, Place::Item, Place::Key];

/// All words, in alphabetical order.
#[rustfmt::skip]
const WORDS: &[Row] = &[
    row(Word::After, "after", Shape::List, "after(crc: u32 = crc32(kind..=body))", "on a field", &[Place::Field]),
    row(Word::Align, "align", Shape::Value, "align = 4", "on a field", &[Place::Field]),
    row(Word::As, "as", Shape::Value, "as = U24", "on a field", EXTENTS),
    row(Word::Before, "before", Shape::List, "before(n: u16 = count(items))", "on a field", &[Place::Field]),
    row(Word::BitOrder, "bit_order", Shape::Value, "bit_order = lsb", "on a message or a part", BODIES),
    row(Word::Bits, "bits", Shape::Value, "bits = 3", "on a field", &[Place::Field]),
    row(Word::Bound, "bound", Shape::List, "bound(T: Wire<'a>)", "on a struct or an enum", CONTAINERS),
    row(Word::Check, "check", Shape::List, "check(low <= high, \"low is above high\")", "on a field", &[Place::Field]),
    row(Word::Checksum, "checksum", Shape::Value, "checksum = crc32(kind..=body)", "on a field", &[Place::Field]),
    row(Word::Count, "count", Shape::Value, "count = u16", "on a field", EXTENTS),
    row(Word::Crate, "crate", Shape::Value, "crate = ::path", "on a struct or an enum", CONTAINERS),
    row(Word::Default, "default", Shape::Value, "default = 0", "on a field", &[Place::Field]),
    row(Word::Depth, "depth", Shape::Value, "depth = 64", "on a message or a part", BODIES),
    row(Word::DuplicateIds, "duplicate_ids", Shape::Bare, "duplicate_ids", "on a protocol", &[Place::Protocol]),
    row(Word::Endian, "endian", Shape::Value, "endian = little", "on a struct, an enum or a field",
        &[Place::Message, Place::PartStruct, Place::PartEnum, Place::Protocol, Place::Field, Place::Item, Place::Key]),
    row(Word::From, "from", Shape::Value, "from = client", "on a variant of a protocol", &[Place::ProtocolVariant]),
    row(Word::Header, "header", Shape::Value, "header = Header", "on a message or a protocol", &[Place::Message, Place::Protocol]),
    row(Word::HeaderField, "header", Shape::Value, "header = flags", "on a field", &[Place::Field]),
    row(Word::Id, "id", Shape::Value, "id = u16", "on a message or a protocol", &[Place::Message, Place::Protocol]),
    row(Word::If, "if", Shape::List, "if(flags & 1 != 0)", "on a field", &[Place::Field]),
    row(Word::Item, "item", Shape::List, "item(len = u16)", "on a field", EXTENTS),
    row(Word::Key, "key", Shape::List, "key(len = u16)", "on a field", EXTENTS),
    row(Word::Len, "len", Shape::Value, "len = u16", "on a field", EXTENTS),
    row(Word::BodyLen, "len", Shape::Value, "len = u16", "on an enum", &[Place::PartEnum]),
    row(Word::Magic, "magic", Shape::Value, "magic = b\"AA\"", "on a message, a part or a field",
        &[Place::Message, Place::PartStruct, Place::Field]),
    row(Word::Max, "max", Shape::Value, "max = 255", "on a field", EXTENTS),
    row(Word::MaxLen, "max_len", Shape::Value, "max_len = 512", "on a message or a part", BODIES),
    row(Word::Min, "min", Shape::Value, "min = 1", "on a field", EXTENTS),
    row(Word::Name, "name", Shape::Value, "name = \"type\"", "on a struct, an enum, a variant or a field",
        &[Place::Message, Place::PartStruct, Place::PartEnum, Place::Protocol, Place::Variant, Place::Field]),
    row(Word::Of, "of", Shape::Value, "of = body", "on a field with `role = len`", &[Place::Field]),
    row(Word::OptionalTail, "optional_tail", Shape::Bare, "optional_tail", "on a field", &[Place::Field]),
    row(Word::Pad, "pad", Shape::Value, "pad = 2", "on a field", &[Place::Field]),
    row(Word::PadTo, "pad_to", Shape::Value, "pad_to = 20", "on a field", EXTENTS),
    row(Word::Range, "range", Shape::Value, "range = 1..=100", "on a field", &[Place::Field]),
    row(Word::Removed, "removed", Shape::Value, "removed = 5", "on a field", &[Place::Field]),
    row(Word::Reply, "reply", Shape::Value, "reply = LoginAck", "on a message", &[Place::Message]),
    row(Word::Reserved, "reserved", Shape::List, "reserved(0, 200..=255)", "on a protocol", &[Place::Protocol]),
    row(Word::Blank, "reserved", Shape::Bare, "reserved", "on a field", &[Place::Field]),
    row(Word::Rest, "rest", Shape::Bare, "rest", "on a field", EXTENTS),
    row(Word::Role, "role", Shape::Value, "role = len", "on a field of a header", &[Place::Field]),
    row(Word::Secret, "secret", Shape::Bare, "secret", "on a field", &[Place::Field]),
    row(Word::Since, "since", Shape::Value, "since = 2", "on a field", &[Place::Field]),
    row(Word::Skip, "skip", Shape::Bare, "skip", "on a field", &[Place::Field]),
    row(Word::State, "state", Shape::Value, "state = Active", "on a protocol or a variant of one", &[Place::ProtocolVariant]),
    row(Word::Start, "state", Shape::Value, "state = Start", "on a protocol or a variant of one", &[Place::Protocol]),
    row(Word::Tag, "tag", Shape::Value, "tag = u16", "on an enum with `derive(Wire)`", &[Place::PartEnum]),
    row(Word::TagNumber, "tag", Shape::Value, "tag = 3", "on a variant", &[Place::Variant]),
    row(Word::TagOf, "tag", Shape::Value, "tag = kind", "on a field", &[Place::Field]),
    row(Word::Then, "then", Shape::Value, "then = Active", "on a variant of a protocol", &[Place::ProtocolVariant]),
    row(Word::Trailing, "trailing", Shape::Value, "trailing = ignore", "on a message or a part", BODIES),
    row(Word::Unknown, "unknown", Shape::Bare, "unknown", "on a variant", &[Place::Variant, Place::ProtocolVariant]),
    row(Word::Until, "until", Shape::Value, "until = 0", "on a field", EXTENTS),
    row(Word::Value, "value", Shape::Value, "value = 0x55", "on a field", &[Place::Field]),
    row(Word::Version, "version", Shape::Value, "version = 2", "on a protocol", &[Place::Protocol]),
    row(Word::Warn, "warn", Shape::List, "warn(growth)", "on a message or a part", BODIES),
    row(Word::With, "with", Shape::Value, "with = module", "on a field", &[Place::Field]),
];

const fn row(
    word: Word,
    text: &'static str,
    shape: Shape,
    usage: &'static str,
    goes: &'static str,
    places: &'static [Place],
) -> Row {
    Row { word, text, shape, usage, goes, places }
}

/// The row of the word written `text`, or what to tell who wrote it at `place`.
pub(crate) fn find(text: &str, place: Place) -> Result<&'static Row, String> {
    let mut rows = WORDS.iter().filter(|row| row.text == text);
    let here = rows.clone().find(|row| row.places.contains(&place));
    match (here, rows.next()) {
        (Some(row), _) => Ok(row),
        (None, Some(row)) => {
            let cure = foreign::translation(text, place);
            Err(catalogue::wrong_place(row.text, row.goes, place.noun(), cure))
        }
        (None, None) => Err(unknown(text, place)),
    }
}

/// What to say about a word that is not ours.
fn unknown(text: &str, place: Place) -> String {
    if let Some(cure) = foreign::translation(text, place) {
        return catalogue::foreign_word(text, cure);
    }
    let here = || WORDS.iter().filter(|row| row.places.contains(&place)).map(|row| row.text);
    let everywhere = WORDS.iter().map(|row| row.text);
    match nearest(text, here()).or_else(|| nearest(text, everywhere)) {
        Some(near) => catalogue::unknown_word_near(text, near),
        None => catalogue::unknown_word(text, place.noun(), &here().collect::<Vec<_>>()),
    }
}

impl Place {
    /// The place, for messages that say where a word stood.
    fn noun(self) -> &'static str {
        match self {
            Place::Message | Place::PartStruct => "the struct",
            Place::PartEnum => "the enum",
            Place::Protocol => "the protocol",
            Place::Variant => "a variant",
            Place::ProtocolVariant => "a variant of a protocol",
            Place::Field => "a field",
            Place::ProtocolField => "the message inside a variant",
            Place::Item => "an item",
            Place::Key => "a key",
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    const GUIDE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../protocol-core/guide");

    /// The lines of the guide's examples that have words.
    fn shown() -> String {
        let pages = fs::read_dir(GUIDE).expect("the guide is a folder");
        let texts = pages.map(|page| {
            fs::read_to_string(page.expect("an entry can be read").path()).expect("a page is text")
        });
        let lines = |text: String| -> String {
            text.lines().filter(|line| line.contains("#[wire(")).collect::<Vec<_>>().join("\n")
        };
        texts.map(lines).collect()
    }

    fn has_word(text: &str, word: &str) -> bool {
        let is_part =
            |byte: Option<&u8>| byte.is_some_and(|it| it.is_ascii_alphanumeric() || *it == b'_');
        text.match_indices(word).any(|(at, _)| {
            let before = at.checked_sub(1).and_then(|before| text.as_bytes().get(before));
            !is_part(before) && !is_part(text.as_bytes().get(at + word.len()))
        })
    }

    #[test]
    fn every_word_is_listed_and_shown_in_the_guide() {
        let list = fs::read_to_string(format!("{GUIDE}/words.md")).expect("a page is text");
        let shown = shown();
        for row in WORDS {
            assert!(has_word(&list, row.text), "`{}` is not in guide/words.md", row.text);
            assert!(has_word(&shown, row.text), "no example of the guide has `{}`", row.text);
        }
    }
}
