//! Messages of lists in their own format: a count of elements, u32, then the elements.

use protocol_core::Message;

use crate::case::{Case, case};
use crate::messages::parts::{Header, Point};

// 0        1          5           9          13         17         21         29
// +--------+----------+-----------+----------+----------+----------+----------+----------
// | type 1 | 00000002 | 0001 0203 | 00000001 | ffffffff | 00000001 | 40040000 | 00000000
// |        | 2 of u16             | 1 of i32            | 1 of f64 | 00000000 | none
#[derive(Message, Debug, PartialEq)]
#[msg_type = 1]
pub(crate) struct Numbers {
    words: Vec<u16>,
    signed: Vec<i32>,
    floats: Vec<f64>,
    none: Vec<u64>,
}

// 0        1          5            10         14
// +--------+----------+------------+----------+
// | type 2 | 00000002 | 00000001 a | 00000000 |
// 14         18              24         28         32   33     35
// +----------+---------------+----------+----------+----+----+------+
// | 00000002 | 00000002 0102 | 00000000 | 00000002 | 00 | 01 | 0007 |
// +----------+----------+
// | 00000003 | 01 00 01 |
#[derive(Message, Debug, PartialEq)]
#[msg_type = 2]
pub(crate) struct Lists {
    texts: Vec<String>,
    nested: Vec<Vec<u8>>,
    options: Vec<Option<u16>>,
    flags: Vec<bool>,
}

// 0        1          5          9          13         17 18
// +--------+----------+----------+----------+----------+--+------+
// | type 3 | 00000002 | 0001ffff | 0002fffe | 00000001 |01| 0002 |
// +----------+-----------+----------+----------+
// | 00000002 | 0a0b 0c0d | 00000001 | ffffffff |
#[derive(Message, Debug, PartialEq)]
#[msg_type = 3]
pub(crate) struct PartLists {
    points: Vec<Point>,
    headers: Vec<Header>,
    arrays: Vec<[u8; 2]>,
    #[expect(clippy::vec_box, reason = "who boxes it anyway finds it in the same place")]
    boxes: Vec<Box<u32>>,
}

// 0        1          5          9    11         15     19         23         27
// +--------+----------+----------+----+----------+------+----------+----------+----
// | type 4 | 00000002 | 00000002 | un | 00000004 | deux | 00000001 | 00000001 | ff
#[derive(Message, Debug, PartialEq)]
#[msg_type = 4]
pub(crate) struct Slices<'a> {
    texts: Vec<&'a str>,
    runs: Vec<&'a [u8]>,
}

pub(crate) const CASES: &[Case] = &[
    case!(
        "numbers",
        Numbers,
        Numbers { words: vec![1, 0x0203], signed: vec![-1], floats: vec![2.5], none: vec![] }
    ),
    case!(
        "lists",
        Lists,
        Lists {
            texts: vec!["a".into(), "".into()],
            nested: vec![vec![1, 2], vec![]],
            options: vec![None, Some(7)],
            flags: vec![true, false, true],
        }
    ),
    case!(
        "part_lists",
        PartLists,
        PartLists {
            points: vec![Point { x: 1, y: -1 }, Point { x: 2, y: -2 }],
            headers: vec![Header { kind: 1, flags: 2 }],
            arrays: vec![[0x0a, 0x0b], [0x0c, 0x0d]],
            boxes: vec![Box::new(u32::MAX)],
        }
    ),
    case!("slices", Slices<'_>, Slices { texts: vec!["un", "deux"], runs: vec![b"\xff"] }),
];
