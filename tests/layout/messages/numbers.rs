//! Messages of numbers: integers, floats with every bit, numbers that are not 0.

use std::num::NonZero;

use protocol_core::Message;

use crate::case::{Case, case};

// 0        1    2        4        8        16        32
// +--------+----+--------+--------+--------+---------+
// | type 1 | u8 | u16 BE | u32 BE | u64 BE | u128 BE |
// | 01     | 12 | 1234   |12345678| 1234.. | 0102..  |
#[derive(Message, Debug, PartialEq)]
#[msg_type = 1]
pub(crate) struct Unsigned {
    a: u8,
    b: u16,
    c: u32,
    d: u64,
    e: u128,
}

// 0        1    2        4        8        16        32
// +--------+----+--------+--------+--------+---------+
// | type 2 | u8 | u16 LE | u32 LE | u64 LE | u128 LE |
// | 02     | 12 | 3412   |78563412| f0de.. | 100f..  |
#[derive(Message, Debug, PartialEq)]
#[msg_type = 2]
#[wire(endian = little)]
pub(crate) struct UnsignedLittle {
    a: u8,
    b: u16,
    c: u32,
    d: u64,
    e: u128,
}

// 0        1    2        4        8        16        32
// +--------+----+--------+--------+--------+---------+
// | type 3 | i8 | i16 BE | i32 BE | i64 BE | i128 BE |  two's complement
// | 03     | fe | fed4   |fffeee90| ffff.. | ffff..  |
#[derive(Message, Debug, PartialEq)]
#[msg_type = 3]
pub(crate) struct Signed {
    a: i8,
    b: i16,
    c: i32,
    d: i64,
    e: i128,
}

// 0        1    2        4        8        16        32
// +--------+----+--------+--------+--------+---------+
// | type 4 | i8 | i16 LE | i32 LE | i64 LE | i128 LE |
// | 04     | fe | d4fe   |90eefeff| 0000.. | fbff..  |
#[derive(Message, Debug, PartialEq)]
#[msg_type = 4]
#[wire(endian = little)]
pub(crate) struct SignedLittle {
    a: i8,
    b: i16,
    c: i32,
    d: i64,
    e: i128,
}

// 0        1        5        13       17       25
// +--------+--------+--------+--------+--------+
// | type 5 | f32 BE | f64 BE | f32 BE | f64 BE |  IEEE 754
// | 05     |3fc00000| bfb9.. |80000000| 7ff0.. |
#[derive(Message, Debug, PartialEq)]
#[msg_type = 5]
pub(crate) struct Floats {
    a: f32,
    b: f64,
    c: f32,
    d: f64,
}

// 0        1        5        13       17       25
// +--------+--------+--------+--------+--------+
// | type 6 | f32 LE | f64 LE | f32 LE | f64 LE |
// | 06     |0000c03f| 9a99.. |00000080| 0000.. |
#[derive(Message, Debug, PartialEq)]
#[msg_type = 6]
#[wire(endian = little)]
pub(crate) struct FloatsLittle {
    a: f32,
    b: f64,
    c: f32,
    d: f64,
}

// 0        1        5                13
// +--------+--------+----------------+
// | type 7 | f32 BE | f64 BE         |  a signalling and a negative NaN, bit for bit
// | 07     |7fa00001|fff40000deadbeef|
#[derive(Message, Debug)]
#[msg_type = 7]
pub(crate) struct Nans {
    a: f32,
    b: f64,
}

impl PartialEq for Nans {
    fn eq(&self, other: &Nans) -> bool {
        (self.a.to_bits(), self.b.to_bits()) == (other.a.to_bits(), other.b.to_bits())
    }
}

// 0        1    2      4          8   16    32   33     35         39  47    63
// +--------+----+------+----------+---+-----+----+------+----------+---+-----+
// | type 8 | 01 | 0002 | 00000003 | 4 | 5   | ff | fffe | fffffffd |-4 | -5  |
#[derive(Message, Debug, PartialEq)]
#[msg_type = 8]
pub(crate) struct NonZeros {
    a: NonZero<u8>,
    b: NonZero<u16>,
    c: NonZero<u32>,
    d: NonZero<u64>,
    e: NonZero<u128>,
    f: NonZero<i8>,
    g: NonZero<i16>,
    h: NonZero<i32>,
    i: NonZero<i64>,
    j: NonZero<i128>,
}

// 0        1        3    4
// +--------+--------+----+
// | type 9 | u16 BE | u8 |  a tuple struct
// | 09     | abcd   | ef |
#[derive(Message, Debug, PartialEq)]
#[msg_type = 9]
pub(crate) struct Pair(u16, u8);

// 0        1
// +--------+
// | type 10|  a unit struct
#[derive(Message, Debug, PartialEq)]
#[msg_type = 10]
pub(crate) struct Ping;

macro_rules! non_zero {
    ($number:literal) => {
        const { NonZero::new($number).unwrap() }
    };
}

pub(crate) const CASES: &[Case] = &[
    case!(
        "unsigned",
        Unsigned,
        Unsigned {
            a: 0x12,
            b: 0x1234,
            c: 0x1234_5678,
            d: 0x1234_5678_9abc_def0,
            e: 0x0102_0304_0506_0708_090a_0b0c_0d0e_0f10,
        }
    ),
    case!(
        "unsigned_little",
        UnsignedLittle,
        UnsignedLittle {
            a: 0x12,
            b: 0x1234,
            c: 0x1234_5678,
            d: 0x1234_5678_9abc_def0,
            e: 0x0102_0304_0506_0708_090a_0b0c_0d0e_0f10,
        }
    ),
    case!("signed", Signed, Signed { a: -2, b: -300, c: -70_000, d: -(1 << 40), e: -5 }),
    case!(
        "signed_little",
        SignedLittle,
        SignedLittle { a: -2, b: -300, c: -70_000, d: -(1 << 40), e: -5 }
    ),
    case!("floats", Floats, Floats { a: 1.5, b: -0.1, c: -0.0, d: f64::INFINITY }),
    case!(
        "floats_little",
        FloatsLittle,
        FloatsLittle { a: 1.5, b: -0.1, c: -0.0, d: f64::INFINITY }
    ),
    case!(
        "nans",
        Nans,
        Nans { a: f32::from_bits(0x7fa0_0001), b: f64::from_bits(0xfff4_0000_dead_beef) }
    ),
    case!(
        "non_zero",
        NonZeros,
        NonZeros {
            a: non_zero!(1),
            b: non_zero!(2),
            c: non_zero!(3),
            d: non_zero!(4),
            e: non_zero!(5),
            f: non_zero!(-1),
            g: non_zero!(-2),
            h: non_zero!(-3),
            i: non_zero!(-4),
            j: non_zero!(-5),
        }
    ),
    case!("pair", Pair, Pair(0xabcd, 0xef)),
    case!("ping", Ping, Ping),
];
