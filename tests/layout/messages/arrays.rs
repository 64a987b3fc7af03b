//! Messages of arrays and tuples: their elements in order, and nothing else.

use protocol_core::Message;

use crate::case::{Case, case};
use crate::messages::parts::Point;

// 0        1        5              11               19        23        27         31 32         36 38
// +--------+--------+--------------+----------------+---------+---------+----------+--+----------+--+--
// | type 1 |01020304| 0005000600   | 0008 0009      | ffff0002|0003fffc | 00000001 |a | 00000002 |bc|5a
// |        |        | 07           | 000a 000b      | a part  | a part  | texts keep their lengths
#[derive(Message, Debug, PartialEq)]
#[msg_type = 1]
pub(crate) struct Arrays {
    bytes: [u8; 4],
    words: [u16; 3],
    nested: [[u16; 2]; 2],
    empty: [u32; 0],
    parts: [Point; 2],
    texts: [String; 2],
    last: u8,
}

// 0        1    2      4/5         12
// +--------+----+------+-----------+-----------
// | type 2 | 01 | 02 3 | 04 5 6    | 07 8 9 10    each element in its own width, BE
#[derive(Message, Debug, PartialEq)]
#[msg_type = 2]
pub(crate) struct Tuples {
    one: (u8,),
    two: (u8, u16),
    three: (u8, u16, u32),
    four: (u8, u16, u32, u64),
}

// 0        1                  20            26            33         40         44
// +--------+------------------+-------------+-------------+----------+----------+---
// | type 3 | i8 i16 i32 i64   | 5 u8, bool  | 7 u8        | 7 u8     | 00000001 | 8
// |        | f32              |             |             |          |
#[derive(Message, Debug, PartialEq)]
#[msg_type = 3]
pub(crate) struct LongTuples {
    five: (i8, i16, i32, i64, f32),
    six: (u8, u8, u8, u8, u8, bool),
    seven: (u8, u8, u8, u8, u8, u8, u8),
    eight: (u8, u8, u8, u8, u8, u8, u8, String),
}

pub(crate) const CASES: &[Case] = &[
    case!(
        "arrays",
        Arrays,
        Arrays {
            bytes: [1, 2, 3, 4],
            words: [5, 6, 7],
            nested: [[8, 9], [10, 11]],
            empty: [],
            parts: [Point { x: -1, y: 2 }, Point { x: 3, y: -4 }],
            texts: ["a".into(), "bc".into()],
            last: 0x5a,
        }
    ),
    case!(
        "tuples",
        Tuples,
        Tuples { one: (1,), two: (2, 3), three: (4, 5, 6), four: (7, 8, 9, 10) }
    ),
    case!(
        "long_tuples",
        LongTuples,
        LongTuples {
            five: (-1, -2, -3, -4, 0.5),
            six: (1, 2, 3, 4, 5, true),
            seven: (1, 2, 3, 4, 5, 6, 7),
            eight: (1, 2, 3, 4, 5, 6, 7, "8".into()),
        }
    ),
];
