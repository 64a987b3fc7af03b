//! What is always the same, computed, checked, converted or padded.

use std::time::Duration;

use protocol_core::{Message, U24};

use crate::case::{Case, End, case};

// | type 1 | magic 4141 | version 03 | twice 0a | half 05 | magic2 beef | end 01 |
#[derive(Message, Debug, PartialEq, Clone)]
#[msg_type = 1]
#[wire(magic = b"AA")]
pub(crate) struct Constants {
    #[wire(value = 3)]
    pub(crate) version: u8,
    #[wire(value = half * 2)]
    pub(crate) twice: u8,
    pub(crate) half: u8,
    #[wire(magic = 0xbeef_u16)]
    pub(crate) end: u8,
}

// | type 2 | crc of a..=b, in front | a | b |
#[derive(Message, Debug, PartialEq, Clone)]
#[msg_type = 2]
pub(crate) struct SumInFront {
    #[wire(checksum = crc32(a..=b))]
    pub(crate) crc: u32,
    pub(crate) a: u8,
    #[wire(len = u8)]
    pub(crate) b: String,
}

// | type 3 | a | sum, whose own bytes count as zero | b | after: crc16 of all |
#[derive(Message, Debug, PartialEq, Clone)]
#[msg_type = 3]
pub(crate) struct SumInside {
    pub(crate) a: u16,
    #[wire(checksum = internet(a..=b))]
    pub(crate) sum: u16,
    #[wire(after(crc: u16 = crc16_xmodem(a..=b)))]
    pub(crate) b: u32,
}

fn weighted(bytes: &[u8]) -> u16 {
    let weighted = bytes.iter().zip((1..=u16::MAX).cycle());
    weighted.fold(0, |sum, (byte, weight)| weight.wrapping_mul(u16::from(*byte)).wrapping_add(sum))
}

// | type 4 | body to the end but for the sum | sum |    a function of the user, over a rest
#[derive(Message, Debug, PartialEq, Clone)]
#[msg_type = 4]
pub(crate) struct SumOfUser {
    #[wire(rest)]
    pub(crate) body: Vec<u8>,
    #[wire(checksum = weighted(body..=body), endian = little)]
    pub(crate) sum: u16,
}

// | type 5 | 01 | 00 00 | 02 | 00 | 0003 | reserved 00 | 04 |    padding, alignment, reserved
#[derive(Message, Debug, PartialEq, Clone)]
#[msg_type = 5]
pub(crate) struct Padded {
    pub(crate) a: u8,
    #[wire(pad = 2)]
    pub(crate) b: u8,
    #[wire(align = 3)]
    pub(crate) c: u16,
    #[wire(reserved)]
    pub(crate) spare: u8,
    pub(crate) d: u8,
}

#[derive(Debug, PartialEq, Clone, Copy)]
pub(crate) struct Celsius(pub(crate) i16);

impl TryFrom<u8> for Celsius {
    type Error = &'static str;

    fn try_from(wire: u8) -> Result<Celsius, &'static str> {
        if wire > 200 { Err("too hot") } else { Ok(Celsius(i16::from(wire) - 100)) }
    }
}

impl TryFrom<Celsius> for u8 {
    type Error = core::num::TryFromIntError;

    fn try_from(celsius: Celsius) -> Result<u8, core::num::TryFromIntError> {
        u8::try_from(celsius.0 + 100)
    }
}

// | type 6 | 011170 | 6e | 0005 | 02 |
#[derive(Message, Debug, PartialEq, Clone)]
#[msg_type = 6]
pub(crate) struct Converted {
    #[wire(as = U24)]
    pub(crate) a: u32,
    #[wire(as = u8)]
    pub(crate) b: Celsius,
    #[wire(range = 1..=100)]
    pub(crate) c: u16,
    #[wire(check(d < c, "d must be below c"))]
    pub(crate) d: u16,
    #[wire(secret, range = 1..)]
    pub(crate) pin: u16,
}

#[derive(Debug, PartialEq, Clone)]
pub(crate) struct Name(pub(crate) String);

impl TryFrom<String> for Name {
    type Error = &'static str;

    fn try_from(wire: String) -> Result<Name, &'static str> {
        if wire.is_empty() { Err("a name is not empty") } else { Ok(Name(wire)) }
    }
}

impl From<Name> for String {
    fn from(name: Name) -> String {
        name.0
    }
}

// | type 7 | n 02 | hi | 01 | 6e | 01 | 01 61 | 6f |    converted: told, in a list, an option and a rest
#[derive(Message, Debug, PartialEq, Clone)]
#[msg_type = 7]
pub(crate) struct ConvertedInside {
    pub(crate) n: u8,
    #[wire(as = String, len = n)]
    pub(crate) told: Name,
    #[wire(count = u8, item(as = u8))]
    pub(crate) list: Vec<Celsius>,
    #[wire(item(as = String, len = u8))]
    pub(crate) option: Option<Name>,
    #[wire(rest, item(as = u8))]
    pub(crate) rest: Vec<Celsius>,
}

// | type 8 | f 3f000000 | c 78 | d 2 s | n 07 | i - |    ranges of what is no whole number
#[derive(Message, Debug, PartialEq, Clone)]
#[msg_type = 8]
pub(crate) struct Ranged {
    #[wire(range = 0.0..=1.0)]
    pub(crate) ratio: f32,
    #[wire(range = 'a'..='z')]
    pub(crate) letter: char,
    #[wire(range = ..Duration::from_secs(60))]
    pub(crate) wait: Duration,
    #[wire(range = -5..5)]
    pub(crate) level: i8,
    #[wire(range = 1..)]
    pub(crate) large: u128,
    #[wire(optional_tail, range = 0.5..)]
    pub(crate) end: Option<f64>,
}

pub(crate) const CASES: &[Case] = &[
    case!("constants", Constants, Constants { version: 3, twice: 10, half: 5, end: 1 }),
    case!("sum_in_front", SumInFront, SumInFront { crc: 0xf834_21d8, a: 7, b: "hello".into() }),
    case!("sum_inside", SumInside, SumInside { a: 0x4500, sum: 0xa7c2, b: 0x1234_0109 }),
    case!("sum_of_user", SumOfUser, SumOfUser { body: b"abc".to_vec(), sum: 590 }, end: End::Open),
    case!("padded_gaps", Padded, Padded { a: 1, b: 2, c: 3, spare: 0, d: 4 }),
    case!("converted_as", Converted, Converted { a: 70000, b: Celsius(10), c: 5, d: 2, pin: 4321 }),
    case!(
        "converted_inside",
        ConvertedInside,
        ConvertedInside {
            n: 2,
            told: Name("hi".into()),
            list: vec![Celsius(10)],
            option: Some(Name("a".into())),
            rest: vec![Celsius(11)],
        },
        end: End::Open
    ),
    case!(
        "ranged",
        Ranged,
        Ranged {
            ratio: 0.5,
            letter: 'x',
            wait: Duration::from_secs(2),
            level: -5,
            large: u128::MAX,
            end: Some(1.0),
        },
        end: End::Open
    ),
];
