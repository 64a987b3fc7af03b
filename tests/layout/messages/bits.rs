//! Bit fields: both orders, every kind of type, across bytes, and runs of up to 16 bytes.

use protocol_core::{Message, U24, Wire};

use crate::case::{Case, case};

//   7   6   5   4   3   2   1   0
// +---+---+---+---+---+---+---+---+
// |    version    |  ihl          |  0100 0101
// +---+---+---+---+---+---+---+---+
// |          dscp         |  ecn  |  101010 01
// +---+---+---+---+---+---+---+---+
#[derive(Message, Debug, PartialEq)]
#[msg_type = 1]
pub(crate) struct BitsMsb {
    #[wire(bits = 4)]
    pub(crate) version: u8,
    #[wire(bits = 4)]
    pub(crate) ihl: u8,
    #[wire(bits = 6)]
    pub(crate) dscp: u8,
    #[wire(bits = 2)]
    pub(crate) ecn: u8,
    pub(crate) len: u16,
}

// |     ihl       |    version    |  0101 0100    the first field has the least significant bits
// |  ecn  |          dscp         |  01 101010
#[derive(Message, Debug, PartialEq)]
#[msg_type = 2]
#[wire(bit_order = lsb)]
pub(crate) struct BitsLsb {
    #[wire(bits = 4)]
    version: u8,
    #[wire(bits = 4)]
    ihl: u8,
    #[wire(bits = 6)]
    dscp: u8,
    #[wire(bits = 2)]
    ecn: u8,
    len: u16,
}

// |  flags  |             offset              |  3 and 13 bits: 101 0 0001  0010 0011
#[derive(Message, Debug, PartialEq)]
#[msg_type = 3]
pub(crate) struct BitsAcross {
    #[wire(bits = 3)]
    flags: u8,
    #[wire(bits = 13)]
    offset: u16,
    #[wire(bits = 1)]
    more: bool,
    #[wire(bits = 20)]
    label: u32,
    #[wire(bits = 3)]
    class: u8,
}

// The same fields; the run of two bytes is a little-endian number, that of three bytes too.
#[derive(Message, Debug, PartialEq)]
#[msg_type = 4]
#[wire(bit_order = lsb, endian = little)]
pub(crate) struct BitsAcrossLsb {
    #[wire(bits = 3)]
    flags: u8,
    #[wire(bits = 13)]
    offset: u16,
    #[wire(bits = 1)]
    more: bool,
    #[wire(bits = 20)]
    label: u32,
    #[wire(bits = 3)]
    class: u8,
}

#[derive(Wire, Debug, PartialEq, Clone, Copy)]
pub(crate) enum Mode {
    Off = 0,
    On = 1,
    Both = 3,
}

#[derive(Wire, Debug, PartialEq)]
pub(crate) enum Level {
    Low,
    High,
    #[wire(unknown)]
    Other(u8),
}

// |  signed   | x |  mode |  level    |   …   two's complement: -3 in 4 bits is 1101
#[derive(Message, Debug, PartialEq)]
#[msg_type = 5]
pub(crate) struct BitsTypes {
    #[wire(bits = 4)]
    pub(crate) signed: i8,
    #[wire(bits = 1)]
    pub(crate) flag: bool,
    #[wire(bits = 2)]
    pub(crate) mode: Mode,
    #[wire(bits = 3)]
    pub(crate) level: Level,
    #[wire(bits = 10)]
    pub(crate) wide: i64,
    #[wire(bits = 20)]
    pub(crate) letter: char,
}

// | 24 bits of a `u32` | 40 bits of a `u64` | 24 bits, signed | a `U24` |
#[derive(Message, Debug, PartialEq)]
#[msg_type = 6]
pub(crate) struct BitsBytes {
    #[wire(bits = 24)]
    three: u32,
    #[wire(bits = 40)]
    five: u64,
    #[wire(bits = 24)]
    signed: i32,
    #[wire(bits = 24)]
    own: U24,
}

#[derive(Message, Debug, PartialEq)]
#[msg_type = 7]
#[wire(bit_order = lsb)]
pub(crate) struct BitsBytesLsb {
    #[wire(bits = 24)]
    three: u32,
    #[wire(bits = 40)]
    five: u64,
}

/// 16 bytes that no border between fields cuts: 1, 60, 63 and 4 bits.
#[derive(Wire, Debug, PartialEq)]
pub(crate) struct Longest {
    #[wire(bits = 1)]
    first: bool,
    #[wire(bits = 60)]
    second: u64,
    #[wire(bits = 63)]
    third: i64,
    #[wire(bits = 4)]
    last: u8,
}

#[derive(Wire, Debug, PartialEq)]
#[wire(bit_order = lsb)]
pub(crate) struct LongestLsb {
    #[wire(bits = 1)]
    first: bool,
    #[wire(bits = 127)]
    second: i128,
}

#[derive(Message, Debug, PartialEq)]
#[msg_type = 8]
pub(crate) struct BitsLongest {
    msb: Longest,
    lsb: LongestLsb,
    #[wire(bits = 128)]
    whole: u128,
}

const WIDTH: usize = 5;

// |  zero |      five     |   …   reserved bits are 0
#[derive(Message, Debug, PartialEq)]
#[msg_type = 9]
pub(crate) struct BitsReserved {
    #[wire(bits = 2, reserved)]
    zero: u8,
    #[wire(bits = WIDTH)]
    five: u8,
    #[wire(bits = 9 - 8)]
    one: bool,
    between: u8,
    #[wire(bits = 7, reserved)]
    more: u8,
    #[wire(bits = 1)]
    last: bool,
}

/// Bit fields of variants, and of parts in lists.
#[derive(Wire, Debug, PartialEq)]
#[wire(bit_order = lsb)]
pub(crate) enum Packet {
    #[wire(tag = 1)]
    Short {
        #[wire(bits = 3)]
        kind: u8,
        #[wire(bits = 5)]
        len: u8,
    },
    #[wire(tag = 2)]
    Long(#[wire(bits = 12)] u16, #[wire(bits = 4)] Mode, u8),
}

#[derive(Message, Debug, PartialEq)]
#[msg_type = 10]
pub(crate) struct BitsInside {
    #[wire(count = u8)]
    packets: Vec<Packet>,
}

/// A count of four bits, computed from the list, and a constant.
#[derive(Message, Debug, PartialEq)]
#[msg_type = 11]
pub(crate) struct BitsTold {
    #[wire(bits = 4, value = 4)]
    version: u8,
    #[wire(bits = 4)]
    count: u8,
    #[wire(count = count)]
    items: Vec<u16>,
}

pub(crate) const CASES: &[Case] = &[
    case!("bits_msb", BitsMsb, BitsMsb { version: 4, ihl: 5, dscp: 42, ecn: 1, len: 0x1234 }),
    case!("bits_lsb", BitsLsb, BitsLsb { version: 4, ihl: 5, dscp: 42, ecn: 1, len: 0x1234 }),
    case!(
        "bits_across",
        BitsAcross,
        BitsAcross { flags: 5, offset: 0x123, more: true, label: 0x54321, class: 6 }
    ),
    case!(
        "bits_across_lsb",
        BitsAcrossLsb,
        BitsAcrossLsb { flags: 5, offset: 0x123, more: true, label: 0x54321, class: 6 }
    ),
    case!(
        "bits_types",
        BitsTypes,
        BitsTypes {
            signed: -3,
            flag: true,
            mode: Mode::Both,
            level: Level::Other(5),
            wide: -512,
            letter: '\u{1f600}',
        }
    ),
    case!(
        "bits_bytes",
        BitsBytes,
        BitsBytes {
            three: 0x01_0203,
            five: 0x04_0506_0708,
            signed: -2,
            own: U24::new(0x0a_0b0c).expect("it fits"),
        }
    ),
    case!("bits_bytes_lsb", BitsBytesLsb, BitsBytesLsb { three: 0x01_0203, five: 0x04_0506_0708 }),
    case!(
        "bits_longest",
        BitsLongest,
        BitsLongest {
            msb: Longest { first: true, second: 0x0123_4567_89ab_cdef, third: -5, last: 9 },
            lsb: LongestLsb { first: true, second: -(1 << 126) },
            whole: 0x0102_0304_0506_0708_090a_0b0c_0d0e_0f10,
        }
    ),
    case!(
        "bits_reserved",
        BitsReserved,
        BitsReserved { zero: 0, five: 21, one: true, between: 0x7f, more: 0, last: true }
    ),
    case!(
        "bits_inside",
        BitsInside,
        BitsInside {
            packets: vec![Packet::Short { kind: 5, len: 17 }, Packet::Long(0xabc, Mode::Both, 7),]
        }
    ),
    case!("bits_told", BitsTold, BitsTold { version: 4, count: 3, items: vec![1, 2, 3] }),
];
