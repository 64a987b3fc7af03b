//! The words of `#[wire(...)]`: what there is, where it goes, how it is written.
//!
//! A new attribute starts with a row in [`WORDS`]. Words of other libraries, and words that are not
//! supported yet, stand in `foreign`.

mod foreign;
mod suggest;

pub(crate) use suggest::nearest;

use crate::errors::catalogue;

/// One word of `#[wire(...)]`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Word {
    Bound,
    Count,
    Crate,
    Default,
    Depth,
    Endian,
    Id,
    Item,
    Key,
    Len,
    Max,
    Min,
    Name,
    Reserved,
    Rest,
    Skip,
    Tag,
    Trailing,
    Unknown,
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
    row(Word::Bound, "bound", Shape::List, "bound(T: Wire<'a>)", "on a struct or an enum", CONTAINERS),
    row(Word::Count, "count", Shape::Value, "count = u16", "on a field", EXTENTS),
    row(Word::Crate, "crate", Shape::Value, "crate = ::path", "on a struct or an enum", CONTAINERS),
    row(Word::Default, "default", Shape::Value, "default = 0", "on a field", &[Place::Field]),
    row(Word::Depth, "depth", Shape::Value, "depth = 64", "on a message or a part", BODIES),
    row(Word::Endian, "endian", Shape::Value, "endian = little", "on a struct, an enum or a field",
        &[Place::Message, Place::PartStruct, Place::PartEnum, Place::Protocol, Place::Field, Place::Item, Place::Key]),
    row(Word::Id, "id", Shape::Value, "id = u16", "on a message or a protocol", &[Place::Message, Place::Protocol]),
    row(Word::Item, "item", Shape::List, "item(len = u16)", "on a field", EXTENTS),
    row(Word::Key, "key", Shape::List, "key(len = u16)", "on a field", EXTENTS),
    row(Word::Len, "len", Shape::Value, "len = u16", "on a field", EXTENTS),
    row(Word::Max, "max", Shape::Value, "max = 255", "on a field", EXTENTS),
    row(Word::Min, "min", Shape::Value, "min = 1", "on a field", EXTENTS),
    row(Word::Name, "name", Shape::Value, "name = \"type\"", "on a struct, an enum, a variant or a field",
        &[Place::Message, Place::PartStruct, Place::PartEnum, Place::Protocol, Place::Variant, Place::Field]),
    row(Word::Reserved, "reserved", Shape::List, "reserved(0, 200..=255)", "on a protocol", &[Place::Protocol]),
    row(Word::Rest, "rest", Shape::Bare, "rest", "on a field", EXTENTS),
    row(Word::Skip, "skip", Shape::Bare, "skip", "on a field", &[Place::Field]),
    row(Word::Tag, "tag", Shape::Value, "tag = u16", "on an enum with `derive(Wire)`", &[Place::PartEnum]),
    row(Word::Trailing, "trailing", Shape::Value, "trailing = ignore", "on a message or a part", BODIES),
    row(Word::Unknown, "unknown", Shape::Bare, "unknown", "on a variant", &[Place::Variant, Place::ProtocolVariant]),
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
    match WORDS.iter().find(|row| row.text == text) {
        Some(row) if row.places.contains(&place) => Ok(row),
        // A field has no `reserved` yet, but it will: the word is known to the design.
        Some(row) if row.word == Word::Reserved && place == Place::Field => {
            Err(catalogue::not_supported_yet(row.text))
        }
        Some(row) => Err(catalogue::wrong_place(row.text, row.goes, place.noun())),
        None => Err(unknown(text, place)),
    }
}

/// What to say about a word that is not ours.
fn unknown(text: &str, place: Place) -> String {
    if foreign::LATER.contains(&text) {
        return catalogue::not_supported_yet(text);
    }
    if let Some(cure) = foreign::translation(text) {
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
