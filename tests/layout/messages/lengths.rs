//! The word `len`: a length in bytes of each width and order, and one that is fixed.

use std::borrow::Cow;

use bytes::Bytes;
use protocol_core::Message;

use crate::case::{Case, case};

// 0        1     3         7          12         17         24         33   34
// +--------+-----+---------+----------+----------+----------+----------+----+---+
// | type 1 | 01 a| 0002 bc | 000001 d |00000001 e|00..0001 f|00..0001 g| 01 | h |
// |        | u8  | u16     | u24      | u32      | u48      | u64      | varint |
#[derive(Message, Debug, PartialEq)]
#[msg_type = 1]
pub(crate) struct Lengths {
    #[wire(len = u8)]
    a: String,
    #[wire(len = u16)]
    b: String,
    #[wire(len = u24)]
    c: String,
    #[wire(len = u32)]
    d: String,
    #[wire(len = u48)]
    e: String,
    #[wire(len = u64)]
    f: String,
    #[wire(len = varint)]
    g: String,
}

// | type 2 | 01 a| 0200 bc | 010000 d |01000000 e|0100..00 f|0100..00 g| 01 | h | 0001 i |
// |        | u8  | u16     | u24      | u32      | u48      | u64      | varint | Be     |
#[derive(Message, Debug, PartialEq)]
#[msg_type = 2]
#[wire(endian = little)]
pub(crate) struct LengthsLittle {
    #[wire(len = u8)]
    a: String,
    #[wire(len = u16)]
    b: String,
    #[wire(len = u24)]
    c: String,
    #[wire(len = u32)]
    d: String,
    #[wire(len = u48)]
    e: String,
    #[wire(len = u64)]
    f: String,
    #[wire(len = varint)]
    g: String,
    #[wire(len = Be<u16>)]
    h: String,
}

// 0        1      3    5      7    9        12
// +--------+------+----+------+----+--------+---+
// | type 3 | 0002 | be | 0200 | le | 010000 | l |
#[derive(Message, Debug, PartialEq)]
#[msg_type = 3]
pub(crate) struct LengthsOrdered {
    #[wire(len = Be<u16>)]
    big: String,
    #[wire(len = Le<u16>)]
    little: String,
    #[wire(len = Le<u24>)]
    little_24: String,
}

// 0        1       4       7       10      12      14      16
// +--------+-------+-------+-------+-------+-------+-------+-------+
// | type 4 | 02 st | 02 bx | 02 co | 01 01 | 01 02 | 01 03 | 01 04 |
#[derive(Message, Debug, PartialEq)]
#[msg_type = 4]
pub(crate) struct LengthsOf<'a> {
    #[wire(len = u8)]
    text: &'a str,
    #[wire(len = u8)]
    boxed: Box<str>,
    #[wire(len = u8)]
    cow: Cow<'a, str>,
    #[wire(len = u8)]
    list: Vec<u8>,
    #[wire(len = u8)]
    slice: &'a [u8],
    #[wire(len = u8)]
    shared: Bytes,
    #[wire(len = u8)]
    cow_bytes: Cow<'a, [u8]>,
}

// 0        1      3       303  304
// +--------+------+-------+----+-------
// | type 5 | ac02 | 300 x | 7f | 127 y   LEB128: 300 is 0x2c + (2 << 7)
#[derive(Message, Debug, PartialEq)]
#[msg_type = 5]
pub(crate) struct VarintLong {
    #[wire(len = varint)]
    two_bytes: String,
    #[wire(len = varint)]
    one_byte: String,
}

const NAME_LEN: usize = 3;

// 0        1      5        8      10    13
// +--------+------+--------+------+-----+----+
// | type 6 | GIF8 | 010203 | 0405 | abc | 07 |  no length anywhere
#[derive(Message, Debug, PartialEq)]
#[msg_type = 6]
pub(crate) struct Fixed<'a> {
    #[wire(len = 4)]
    text: String,
    #[wire(len = NAME_LEN)]
    list: Vec<u8>,
    #[wire(len = 1 + 1)]
    slice: &'a [u8],
    #[wire(len = NAME_LEN)]
    name: &'a str,
    last: u8,
}

pub(crate) const CASES: &[Case] = &[
    case!(
        "lengths",
        Lengths,
        Lengths {
            a: "a".into(),
            b: "bc".into(),
            c: "d".into(),
            d: "e".into(),
            e: "f".into(),
            f: "g".into(),
            g: "h".into(),
        }
    ),
    case!(
        "lengths_little",
        LengthsLittle,
        LengthsLittle {
            a: "a".into(),
            b: "bc".into(),
            c: "d".into(),
            d: "e".into(),
            e: "f".into(),
            f: "g".into(),
            g: "h".into(),
            h: "i".into(),
        }
    ),
    case!(
        "lengths_ordered",
        LengthsOrdered,
        LengthsOrdered { big: "be".into(), little: "le".into(), little_24: "l".into() }
    ),
    case!(
        "lengths_of",
        LengthsOf<'_>,
        LengthsOf {
            text: "st",
            boxed: "bx".into(),
            cow: "co".into(),
            list: vec![1],
            slice: &[2],
            shared: Bytes::from_static(&[3]),
            cow_bytes: Cow::Borrowed(&[4]),
        }
    ),
    case!(
        "varint_long",
        VarintLong,
        VarintLong { two_bytes: "x".repeat(300), one_byte: "y".repeat(127) }
    ),
    case!(
        "fixed",
        Fixed<'_>,
        Fixed { text: "GIF8".into(), list: vec![1, 2, 3], slice: &[4, 5], name: "abc", last: 7 }
    ),
];
