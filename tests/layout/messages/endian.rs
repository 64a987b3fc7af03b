//! The word `endian`: on a message, on a field, inherited by parts and by lengths.

use std::collections::BTreeMap;

use protocol_core::{Message, Wire};

use crate::case::{Case, case};
use crate::messages::parts::Point;

// 0        1      3          7    9          13     15         19     21
// +--------+------+----------+----+----------+------+----------+------+----------+
// | type 1 | 0201 | 02000000 | le | 01000000 | 0300 | 01000000 | 0400 | 05000000 |
// 25   26         30         34          38
// +----+----------+----------+-----------+------+----+
// | 01 | 06000000 | 00f60100 | 0700 0800 | 0900 | 0a |  every number, lengths and counts too
#[derive(Message, Debug, PartialEq)]
#[msg_type = 1]
#[wire(endian = little)]
pub(crate) struct Little {
    word: u16,
    text: String,
    words: Vec<u16>,
    pairs: Vec<(u16, u32)>,
    optional: Option<u32>,
    letter: char,
    array: [u16; 2],
    tuple: (u16, u8),
}

// 0        1      3      5         9         13         17   19         23
// +--------+------+------+---------+---------+----------+----+----------+------+
// | type 2 | 0102 | 0201 |0100 feff|0001 fffe| 02000000 | le | 01000000 | 0300 |
// 25         29
// +----------+-----------+
// | 01000000 | 0400 0500 |
#[derive(Message, Debug, PartialEq)]
#[msg_type = 2]
pub(crate) struct Fields {
    big: u16,
    #[wire(endian = little)]
    little: u16,
    #[wire(endian = little)]
    part: Point,
    same_part: Point,
    #[wire(endian = little)]
    text: String,
    #[wire(endian = little)]
    words: Vec<u16>,
    #[wire(endian = little)]
    map: BTreeMap<u16, u16>,
}

#[derive(Wire, Debug, PartialEq)]
#[wire(endian = big)]
pub(crate) struct BigPair(u16, u16);

// 0        1          5          9           13         17
// +--------+----------+----------+-----------+----------+----+
// | type 3 | 01000000 | 00000001 | 0002 0003 | 00000002 | be |
#[derive(Message, Debug, PartialEq)]
#[msg_type = 3]
#[wire(endian = little)]
pub(crate) struct BigInLittle {
    little: u32,
    #[wire(endian = big)]
    big: u32,
    part: BigPair,
    #[wire(endian = big)]
    text: String,
}

pub(crate) const CASES: &[Case] = &[
    case!(
        "little",
        Little,
        Little {
            word: 0x0102,
            text: "le".into(),
            words: vec![3],
            pairs: vec![(4, 5)],
            optional: Some(6),
            letter: '😀',
            array: [7, 8],
            tuple: (9, 10),
        }
    ),
    case!(
        "fields",
        Fields,
        Fields {
            big: 0x0102,
            little: 0x0102,
            part: Point { x: 1, y: -2 },
            same_part: Point { x: 1, y: -2 },
            text: "le".into(),
            words: vec![3],
            map: BTreeMap::from([(4, 5)]),
        }
    ),
    case!(
        "big_in_little",
        BigInLittle,
        BigInLittle { little: 1, big: 1, part: BigPair(2, 3), text: "be".into() }
    ),
];
