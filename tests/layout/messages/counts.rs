//! The word `count`: a count of elements of each width and order, and one that is fixed.

use std::collections::BTreeMap;

use protocol_core::Message;

use crate::case::{Case, case};
use crate::messages::parts::Point;

// 0        1       4         8           13           19           27           37
// +--------+-------+---------+-----------+------------+------------+------------+---------+
// | type 1 |01 0001|0001 0002|000001 0003|00000001 0004|00..01 0005|00..01 0006 | 01 0007 |
// |        | u8    | u16     | u24       | u32        | u48        | u64        | varint  |
#[derive(Message, Debug, PartialEq)]
#[msg_type = 1]
pub(crate) struct Counts {
    #[wire(count = u8)]
    a: Vec<u16>,
    #[wire(count = u16)]
    b: Vec<u16>,
    #[wire(count = u24)]
    c: Vec<u16>,
    #[wire(count = u32)]
    d: Vec<u16>,
    #[wire(count = u48)]
    e: Vec<u16>,
    #[wire(count = u64)]
    f: Vec<u16>,
    #[wire(count = varint)]
    g: Vec<u16>,
}

// | type 2 |01 0100|0100 0200|010000 0300|01000000 0400|01..00 0500|01..00 0600 | 01 0700 |
// | 0001 0800 |  Be<u16>: the count alone
#[derive(Message, Debug, PartialEq)]
#[msg_type = 2]
#[wire(endian = little)]
pub(crate) struct CountsLittle {
    #[wire(count = u8)]
    a: Vec<u16>,
    #[wire(count = u16)]
    b: Vec<u16>,
    #[wire(count = u24)]
    c: Vec<u16>,
    #[wire(count = u32)]
    d: Vec<u16>,
    #[wire(count = u48)]
    e: Vec<u16>,
    #[wire(count = u64)]
    f: Vec<u16>,
    #[wire(count = varint)]
    g: Vec<u16>,
    #[wire(count = Be<u16>)]
    h: Vec<u16>,
}

// 0        1      3      5      7
// +--------+------+------+------+------+
// | type 3 | 0001 | 0001 | 0100 | 0002 |  the elements keep the order of the message
#[derive(Message, Debug, PartialEq)]
#[msg_type = 3]
pub(crate) struct CountsOrdered {
    #[wire(count = Be<u16>)]
    big: Vec<u16>,
    #[wire(count = Le<u16>)]
    little: Vec<u16>,
}

// 0        1         4              9         12        15
// +--------+---------+--------------+---------+---------+---------------+
// | type 4 | 01 0102 | 01 0003 0004 | 02 0506 | 01 0007 | 01 00000001 t |
#[derive(Message, Debug, PartialEq)]
#[msg_type = 4]
pub(crate) struct CountsOf {
    #[wire(count = u8)]
    map: BTreeMap<u8, u8>,
    #[wire(count = u8)]
    parts: Vec<Point>,
    #[wire(count = u8)]
    bytes: Vec<u8>,
    #[wire(count = u8)]
    #[expect(clippy::box_collection, reason = "who boxes it anyway finds it in the same place")]
    boxed: Box<Vec<u16>>,
    #[wire(count = u8)]
    texts: Vec<String>,
}

// 0        1           5        8
// +--------+-----------+--------+-----------+
// | type 5 | 0001 0002 | 030405 | 0607 0809 |  no count anywhere
#[derive(Message, Debug, PartialEq)]
#[msg_type = 5]
pub(crate) struct CountsFixed {
    #[wire(count = 2)]
    words: Vec<u16>,
    #[wire(count = 3)]
    bytes: Vec<u8>,
    #[wire(count = 1 + 1)]
    map: BTreeMap<u8, u8>,
}

pub(crate) const CASES: &[Case] = &[
    case!(
        "counts",
        Counts,
        Counts {
            a: vec![1],
            b: vec![2],
            c: vec![3],
            d: vec![4],
            e: vec![5],
            f: vec![6],
            g: vec![7],
        }
    ),
    case!(
        "counts_little",
        CountsLittle,
        CountsLittle {
            a: vec![1],
            b: vec![2],
            c: vec![3],
            d: vec![4],
            e: vec![5],
            f: vec![6],
            g: vec![7],
            h: vec![8],
        }
    ),
    case!("counts_ordered", CountsOrdered, CountsOrdered { big: vec![1], little: vec![2] }),
    case!(
        "counts_of",
        CountsOf,
        CountsOf {
            map: BTreeMap::from([(1, 2)]),
            parts: vec![Point { x: 3, y: 4 }],
            bytes: vec![5, 6],
            boxed: Box::new(vec![7]),
            texts: vec!["t".into()],
        }
    ),
    case!(
        "counts_fixed",
        CountsFixed,
        CountsFixed {
            words: vec![1, 2],
            bytes: vec![3, 4, 5],
            map: BTreeMap::from([(6, 7), (8, 9)]),
        }
    ),
];
