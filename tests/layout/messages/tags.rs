//! Enums with tags of every width, tags by the word, and variants that stand for several tags.

use protocol_core::{Message, Wire};

use crate::case::{Case, End, case};

/// An enum with one variant: a tag of this type, then a byte.
macro_rules! one {
    ($name:ident, $tag:tt, $value:literal) => {
        #[derive(Wire, Debug, PartialEq)]
        #[wire(tag = $tag)]
        pub(crate) enum $name {
            #[wire(tag = $value)]
            One(u8),
        }
    };
}

one!(One8, u8, 0x12);
one!(One16, u16, 0x1234);
one!(One24, u24, 0x12_3456);
one!(One32, u32, 0x1234_5678);
one!(One48, u48, 0x1234_5678_9abc);
one!(One64, u64, 0x1234_5678_9abc_def0);
one!(OneVarint, varint, 300);

// 0        1       3         6           10            15                 22                   31
// +--------+-------+---------+-----------+-------------+------------------+--------------------+---------+
// | type 1 | 12 01 | 1234 02 | 123456 03 | 12345678 04 | 123456789abc 05 | 123456789abcdef0 06 | ac02 07 |
#[derive(Message, Debug, PartialEq)]
#[msg_type = 1]
pub(crate) struct TagWidths {
    u8: One8,
    u16: One16,
    u24: One24,
    u32: One32,
    u48: One48,
    u64: One64,
    varint: OneVarint,
}

// | type 2 | 3412 02 | 563412 03 | 78563412 04 | bc9a78563412 05 | f0debc9a78563412 06 | ac02 07 |
#[derive(Message, Debug, PartialEq)]
#[msg_type = 2]
#[wire(endian = little)]
pub(crate) struct TagWidthsLittle {
    u16: One16,
    u24: One24,
    u32: One32,
    u48: One48,
    u64: One64,
    varint: OneVarint,
}

#[derive(Wire, Debug, PartialEq)]
#[wire(tag = Le<u16>)]
pub(crate) enum LittleTag {
    #[wire(tag = 0x1234)]
    One(u16),
}

#[derive(Wire, Debug, PartialEq)]
#[wire(tag = Be<u32>, endian = big)]
pub(crate) enum BigTag {
    #[wire(tag = 0x1234_5678)]
    One(u16),
}

// 0        1      3      5          9      11
// +--------+------+------+----------+------+
// | type 3 | 3412 | 0001 | 12345678 | 0002 |
#[derive(Message, Debug, PartialEq)]
#[msg_type = 3]
pub(crate) struct TagsOrdered {
    little: LittleTag,
    big: BigTag,
}

const FROM_CONSTANT: u8 = 0x40;

/// No `repr`, since the tags are no discriminants.
#[derive(Wire, Debug, PartialEq)]
pub(crate) enum Word {
    #[wire(tag = 3)]
    Number(u16),
    #[wire(tag = b'A')]
    Letter,
    #[wire(tag = FROM_CONSTANT)]
    Constant {
        #[wire(len = u8)]
        text: String,
    },
    #[wire(unknown)]
    Other(u8, [u8; 4]),
}

// 0        1    2      4    5    6    7       12   13     17
// +--------+----+------+----+----+----+-------+----+------+
// | type 4 | 03 | 0007 | 41 | 40 | 05 | const | c8 | kept |
#[derive(Message, Debug, PartialEq)]
#[msg_type = 4]
pub(crate) struct TagWords {
    pub(crate) words: [Word; 4],
}

#[derive(Wire, Debug, PartialEq)]
pub(crate) enum Ranged {
    #[wire(tag = 0)]
    None,
    #[wire(tag = 3..=7)]
    Private(u8, u16),
    #[wire(tag = b'a'..=b'z')]
    Letter { letter: u8 },
    #[wire(unknown)]
    Other(u64),
}

// 0        1    2    3      5    6      8    9    10   11
// +--------+----+----+------+----+------+----+----+----+
// | type 5 | 00 | 03 | 000a | 07 | 000b | 61 | 7a | 08 |
#[derive(Message, Debug, PartialEq)]
#[msg_type = 5]
pub(crate) struct TagRanges {
    pub(crate) all: [Ranged; 6],
}

/// An enum that keeps every tag of this type in a number.
macro_rules! any {
    ($name:ident, $tag:ty, $kept:ty) => {
        #[derive(Wire, Debug, PartialEq)]
        #[wire(tag = $tag)]
        pub(crate) enum $name {
            #[wire(tag = 1)]
            Known,
            #[wire(unknown)]
            Other($kept),
        }
    };
}

any!(Any24, u24, u32);
any!(Any48, u48, u64);
any!(AnyVarint, varint, u64);
any!(AnyLittle, Le<u16>, u16);

// 0        1        4              10                     20     22
// +--------+--------+--------------+----------------------+------+
// | type 6 | ffffff | ffffffffffff | ffffffffffffffffff01 | ffff |
#[derive(Message, Debug, PartialEq)]
#[msg_type = 6]
pub(crate) struct TagsUnknown {
    pub(crate) u24: Any24,
    pub(crate) u48: Any48,
    pub(crate) varint: AnyVarint,
    pub(crate) little: AnyLittle,
}

#[derive(Wire, Debug, PartialEq)]
#[wire(tag = u16)]
pub(crate) enum FarBody {
    #[wire(tag = 1)]
    Known(u16),
    #[wire(tag = 3..=7)]
    Private(u8, u8),
    #[wire(unknown)]
    Other(u16, #[wire(rest)] Vec<u8>),
}

// 0        1      3    4    5
// +--------+------+----+----+
// | type 7 | 0005 | 09 | 02 |  the tag stands in `kind`
#[derive(Message, Debug, PartialEq)]
#[msg_type = 7]
pub(crate) struct TagFar {
    kind: u16,
    between: u8,
    #[wire(tag = kind)]
    body: FarBody,
}

pub(crate) const CASES: &[Case] = &[
    case!(
        "tag_widths",
        TagWidths,
        TagWidths {
            u8: One8::One(1),
            u16: One16::One(2),
            u24: One24::One(3),
            u32: One32::One(4),
            u48: One48::One(5),
            u64: One64::One(6),
            varint: OneVarint::One(7),
        }
    ),
    case!(
        "tag_widths_little",
        TagWidthsLittle,
        TagWidthsLittle {
            u16: One16::One(2),
            u24: One24::One(3),
            u32: One32::One(4),
            u48: One48::One(5),
            u64: One64::One(6),
            varint: OneVarint::One(7),
        }
    ),
    case!(
        "tags_ordered",
        TagsOrdered,
        TagsOrdered { little: LittleTag::One(1), big: BigTag::One(2) }
    ),
    case!(
        "tag_words",
        TagWords,
        TagWords {
            words: [
                Word::Number(7),
                Word::Letter,
                Word::Constant { text: "const".into() },
                Word::Other(200, *b"kept"),
            ]
        }
    ),
    case!(
        "tag_ranges",
        TagRanges,
        TagRanges {
            all: [
                Ranged::None,
                Ranged::Private(3, 10),
                Ranged::Private(7, 11),
                Ranged::Letter { letter: b'a' },
                Ranged::Letter { letter: b'z' },
                Ranged::Other(8),
            ]
        },
        end: End::Fixed
    ),
    case!(
        "tags_unknown",
        TagsUnknown,
        TagsUnknown {
            u24: Any24::Other(0xff_ffff),
            u48: Any48::Other(0xffff_ffff_ffff),
            varint: AnyVarint::Other(u64::MAX),
            little: AnyLittle::Other(0xffff),
        }
    ),
    case!(
        "tag_far",
        TagFar,
        TagFar { kind: 5, between: 9, body: FarBody::Private(5, 2) },
        end: End::Open
    ),
    case!(
        "tag_far_unknown",
        TagFar,
        TagFar { kind: 300, between: 9, body: FarBody::Other(300, b"kept".to_vec()) },
        end: End::Open
    ),
];
