//! Messages with structs inside: parts, messages as parts, generic and borrowing structs.

use protocol_core::{Message, Wire};

use crate::case::{Case, case};

// 0        2        4
// +--------+--------+
// | x, i16 | y, i16 |  a part: no number; the order is that of the message it stands in
#[derive(Wire, Debug, PartialEq)]
pub(crate) struct Point {
    pub(crate) x: i16,
    pub(crate) y: i16,
}

// 0      1        3
// +------+--------+
// | kind | flags  |
#[derive(Wire, Debug, PartialEq)]
pub(crate) struct Header {
    pub(crate) kind: u8,
    pub(crate) flags: u16,
}

/// The same with an order of its own.
#[derive(Wire, Debug, PartialEq)]
#[wire(endian = little)]
pub(crate) struct LittleHeader {
    kind: u8,
    flags: u16,
}

// 0        1      3      5      7      9
// +--------+------+------+------+------+------+
// | type 1 | 0001 | 0002 | fffd | fffc | 0005 |
#[derive(Message, Debug, PartialEq)]
#[msg_type = 1]
pub(crate) struct Line {
    from: Point,
    to: Point,
    width: u16,
}

// | type 2 | 0100 | 0200 | fdff | fcff | 0500 |  the parts are little-endian too
#[derive(Message, Debug, PartialEq)]
#[msg_type = 2]
#[wire(endian = little)]
pub(crate) struct LineLittle {
    from: Point,
    to: Point,
    width: u16,
}

// 0        1    2      4    5      7
// +--------+----+------+----+------+------+
// | type 3 | 01 | 0302 | 04 | 0506 | 0007 |
// |        | own order | inherited |
#[derive(Message, Debug, PartialEq)]
#[msg_type = 3]
pub(crate) struct Mixed {
    own: LittleHeader,
    inherited: Header,
    last: u16,
}

#[derive(Message, Debug, PartialEq)]
#[msg_type = 99]
pub(crate) struct Credentials {
    user: String,
    level: u16,
}

// 0        1          5     8      10
// +--------+----------+-----+------+----+
// | type 4 | 00000003 | ann | 0102 | 03 |  the message inside stands without its number
#[derive(Message, Debug, PartialEq)]
#[msg_type = 4]
pub(crate) struct Envelope {
    inner: Credentials,
    last: u8,
}

// 0        1      3          7      9
// +--------+------+----------+------+------+
// | type 5 | 0002 | 00000001 | 0005 | 0006 |
#[derive(Message, Debug, PartialEq)]
#[msg_type = 5]
pub(crate) struct Page<T> {
    number: u16,
    items: Vec<T>,
}

// 0        1          5          9
// +--------+----------+----------+----+
// | type 6 | 00000001 | 00000002 | 09 |
#[derive(Message, Debug, PartialEq)]
#[msg_type = 6]
pub(crate) struct Block<const N: usize> {
    words: [u32; N],
    last: u8,
}

// 0        1          5      9      11         15
// +--------+----------+------+------+----------+------
// | type 7 | 00000004 | seen | 0008 | 00000004 | kept
#[derive(Message, Debug, PartialEq)]
#[msg_type = 7]
pub(crate) struct View<'a, T, U> {
    text: &'a str,
    value: T,
    kept: U,
}

#[derive(Wire, Debug, PartialEq)]
pub(crate) struct Meters(u32);

#[derive(Wire, Debug, PartialEq)]
pub(crate) struct Nowhere;

#[derive(Wire, Debug, PartialEq)]
pub(crate) struct Name(String);

// 0        1          5    6          10
// +--------+----------+----+----------+---------
// | type 8 | 00000007 | 01 | 00000007 | newtype  a wrapper adds nothing; a unit struct is nothing
#[derive(Message, Debug, PartialEq)]
#[msg_type = 8]
pub(crate) struct Wrapped {
    far: Meters,
    nowhere: Nowhere,
    flag: bool,
    name: Name,
}

#[derive(Wire, Debug, PartialEq)]
pub(crate) enum Either<'a, T> {
    Value(T),
    Text { text: &'a str },
}

// 0        1          5    6      8    9          13
// +--------+----------+----+------+----+----------+---
// | type 9 | 00000002 | 00 | 0005 | 01 | 00000001 | r
#[derive(Message, Debug, PartialEq)]
#[msg_type = 9]
pub(crate) struct Mixture<'a, T> {
    items: Vec<Either<'a, T>>,
}

pub(crate) const CASES: &[Case] = &[
    case!("point", Point, Point { x: -2, y: 3 }, id_len: 0),
    case!("line", Line, Line { from: Point { x: 1, y: 2 }, to: Point { x: -3, y: -4 }, width: 5 }),
    case!(
        "line_little",
        LineLittle,
        LineLittle { from: Point { x: 1, y: 2 }, to: Point { x: -3, y: -4 }, width: 5 }
    ),
    case!(
        "mixed",
        Mixed,
        Mixed {
            own: LittleHeader { kind: 1, flags: 0x0203 },
            inherited: Header { kind: 4, flags: 0x0506 },
            last: 7,
        }
    ),
    case!(
        "envelope",
        Envelope,
        Envelope { inner: Credentials { user: "ann".into(), level: 0x0102 }, last: 3 }
    ),
    case!("page", Page<Point>, Page { number: 2, items: vec![Point { x: 5, y: 6 }] }),
    case!("block", Block<2>, Block { words: [1, 2], last: 9 }),
    case!("view", View<'_, u16, String>, View { text: "seen", value: 8_u16, kept: "kept".into() }),
    case!(
        "wrapped",
        Wrapped,
        Wrapped { far: Meters(7), nowhere: Nowhere, flag: true, name: Name("newtype".into()) }
    ),
    case!(
        "either",
        Mixture<'_, u16>,
        Mixture { items: vec![Either::Value(5_u16), Either::Text { text: "r" }] }
    ),
];
