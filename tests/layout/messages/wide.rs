//! Messages of the number types that Rust lacks: odd widths, variable length, an order of their own.

use protocol_core::{Be, I24, I40, I48, I56, Le, Message, U24, U40, U48, U56, Varint, Wire};

use crate::case::{Case, case};

// 0        1      4          9            15             22
// +--------+------+----------+------------+--------------+
// | type 1 |010203|0102030405|010203040506|01020304050607|  BE
#[derive(Message, Debug, PartialEq)]
#[msg_type = 1]
pub(crate) struct WideUnsigned {
    a: U24,
    b: U40,
    c: U48,
    d: U56,
}

// 0        1      4          9            15             22
// +--------+------+----------+------------+--------------+
// | type 2 |030201|0504030201|060504030201|07060504030201|  LE
#[derive(Message, Debug, PartialEq)]
#[msg_type = 2]
#[wire(endian = little)]
pub(crate) struct WideUnsignedLittle {
    a: U24,
    b: U40,
    c: U48,
    d: U56,
}

// 0        1      4          9            15             22
// +--------+------+----------+------------+--------------+
// | type 3 |fffffe|8000000000|7fffffffffff|ff......fffffd|  BE, two's complement
#[derive(Message, Debug, PartialEq)]
#[msg_type = 3]
pub(crate) struct WideSigned {
    a: I24,
    b: I40,
    c: I48,
    d: I56,
}

// 0        1      4          9            15             22
// +--------+------+----------+------------+--------------+
// | type 4 |feffff|0000000080|ffffffffff7f|fdffff......ff|  LE
#[derive(Message, Debug, PartialEq)]
#[msg_type = 4]
#[wire(endian = little)]
pub(crate) struct WideSignedLittle {
    a: I24,
    b: I40,
    c: I48,
    d: I56,
}

// 0        1          5      8      11        15
// +--------+----------+------+------+---------+
// | type 5 | 00000002 |000001|ffffff| 7fffff  |  u32 count, the elements, then an array of one
#[derive(Message, Debug, PartialEq)]
#[msg_type = 5]
pub(crate) struct WideList {
    list: Vec<U24>,
    array: [I24; 1],
}

// 0        1        4   5      10         20  21 22       25        35
// +--------+--------+---+------+----------+---+--+--------+---------+
// | type 6 | ffff03 |00 |ff..0f| ff....01 | 7f|01| ff ff03| ff...01 |  LEB128, the signed ones zigzag
#[derive(Message, Debug, PartialEq)]
#[msg_type = 6]
pub(crate) struct Varints {
    short: Varint<u16>,
    zero: Varint<u32>,
    word: Varint<u32>,
    long: Varint<u64>,
    small: Varint,
    minus_one: Varint<i16>,
    low: Varint<i16>,
    lowest: Varint<i64>,
}

// 0        1      3      5        7            11     14
// +--------+------+------+--------+------------+------+
// | type 7 | 0201 | 0102 | 0201   | 0102, 0304 |030201|  the order of the message, and three fixed ones
#[derive(Message, Debug, PartialEq)]
#[msg_type = 7]
#[wire(endian = little)]
pub(crate) struct Ordered {
    own: u16,
    big: Be<u16>,
    little: Le<u16>,
    part: Be<Halves>,
    odd: Le<U24>,
}

#[derive(Wire, Debug, PartialEq)]
pub(crate) struct Halves {
    high: u16,
    low: u16,
}

// 0        1          5      7
// +--------+----------+------+------
// | type 8 | 00000003 | 0001 | 0002 0003 | 00000002 | 0100 0200 |  runs in either order
#[derive(Message, Debug, PartialEq)]
#[msg_type = 8]
pub(crate) struct OrderedLists {
    big: Vec<Be<u16>>,
    little: Vec<Le<u16>>,
}

pub(crate) const CASES: &[Case] = &[
    case!(
        "wide_unsigned",
        WideUnsigned,
        WideUnsigned {
            a: U24::new(0x01_0203).expect("it fits"),
            b: U40::new(0x01_0203_0405).expect("it fits"),
            c: U48::new(0x0102_0304_0506).expect("it fits"),
            d: U56::new(0x01_0203_0405_0607).expect("it fits"),
        }
    ),
    case!(
        "wide_unsigned_little",
        WideUnsignedLittle,
        WideUnsignedLittle {
            a: U24::new(0x01_0203).expect("it fits"),
            b: U40::new(0x01_0203_0405).expect("it fits"),
            c: U48::new(0x0102_0304_0506).expect("it fits"),
            d: U56::new(0x01_0203_0405_0607).expect("it fits"),
        }
    ),
    case!(
        "wide_signed",
        WideSigned,
        WideSigned { a: I24::from(-2_i8), b: I40::MIN, c: I48::MAX, d: I56::from(-3_i8) }
    ),
    case!(
        "wide_signed_little",
        WideSignedLittle,
        WideSignedLittle { a: I24::from(-2_i8), b: I40::MIN, c: I48::MAX, d: I56::from(-3_i8) }
    ),
    case!("wide_list", WideList, WideList { list: vec![1_u8.into(), U24::MAX], array: [I24::MAX] }),
    case!(
        "varints",
        Varints,
        Varints {
            short: Varint(u16::MAX),
            zero: Varint(0),
            word: Varint(u32::MAX),
            long: Varint(u64::MAX),
            small: Varint(0x7f),
            minus_one: Varint(-1),
            low: Varint(i16::MIN),
            lowest: Varint(i64::MIN),
        }
    ),
    case!(
        "ordered",
        Ordered,
        Ordered {
            own: 0x0102,
            big: Be(0x0102),
            little: Le(0x0102),
            part: Be(Halves { high: 0x0102, low: 0x0304 }),
            odd: Le(U24::new(0x01_0203).expect("it fits")),
        }
    ),
    case!(
        "ordered_lists",
        OrderedLists,
        OrderedLists { big: vec![Be(1), Be(2), Be(3)], little: vec![Le(1), Le(2)] }
    ),
];
