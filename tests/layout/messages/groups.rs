//! The word `len` on lists, maps and parts: a length in bytes, and never a byte beyond it.

use std::collections::BTreeMap;

use protocol_core::{Message, Wire};

use crate::case::{Case, case};

#[derive(Wire, Debug, PartialEq, Clone)]
pub(crate) struct Point {
    pub(crate) x: i16,
    pub(crate) y: i16,
}

/// A part that takes all bytes of its group.
#[derive(Wire, Debug, PartialEq)]
pub(crate) struct Note<'a> {
    pub(crate) kind: u8,
    #[wire(rest)]
    pub(crate) text: &'a str,
}

// 0        1      3    5    7    8    9  10 11   13         16
// +--------+------+----+----+----+----+--+--+----+----------+----+------+----+------+
// | type 1 | 0004 |  1 |  2 | 05 | 01 |a |02| bc | 000006   | 01 | 0007 | 02 | 0008 |
// |        | numbers        | names            | map                              |
//
// 22   23    27   28   29    32     34    38    42
// +----+-----+----+----+-----+------+-----+-----+---+
// | 04 | 3 4 | 04 | 09 | txt | 0004 | 5 6 | 7 8 | 9 |
// | point    | note          | boxed      |exact|end|
#[derive(Message, Debug, PartialEq)]
#[msg_type = 1]
pub(crate) struct Groups<'a> {
    #[wire(len = u16)]
    pub(crate) numbers: Vec<u16>,
    #[wire(len = u8, item(len = u8))]
    pub(crate) names: Vec<String>,
    #[wire(len = u24)]
    pub(crate) map: BTreeMap<u8, u16>,
    #[wire(len = u8)]
    pub(crate) point: Point,
    #[wire(len = varint)]
    pub(crate) note: Note<'a>,
    #[wire(len = u16)]
    pub(crate) boxed: Box<Point>,
    #[wire(len = 4)]
    pub(crate) exact: Point,
    pub(crate) end: u8,
}

#[derive(Wire, Debug, PartialEq)]
pub(crate) struct Attribute {
    pub(crate) kind: u8,
    #[wire(len = varint)]
    pub(crate) values: Vec<Option<u8>>,
}

/// A tree whose branches are groups.
#[derive(Wire, Debug, PartialEq)]
pub(crate) struct Branch {
    pub(crate) leaf: u8,
    #[wire(len = u16, item(len = varint))]
    pub(crate) branches: Vec<Branch>,
}

// 0        1    2    3    4      6      8    9    10   11     13
// +--------+----+----+----+------+------+----+----+----+------+-----------
// | type 2 | 0b | 01 | 05 | 0101 | 0102 | 00 | 02 | 02 | 0103 | 08 00 00 | tree
// |        | len|kind| len|Some 1|Some 2|None|kind| len|Some 3| len      |
#[derive(Message, Debug, PartialEq)]
#[msg_type = 2]
#[wire(endian = little)]
pub(crate) struct GroupsNested {
    #[wire(len = varint)]
    pub(crate) attributes: Vec<Attribute>,
    #[wire(len = u24)]
    pub(crate) tree: Branch,
}

// 0        1    2    3     7    8     12   13   14    17   18
// +--------+----+----+-----+----+-----+----+----+-----+----+-------------
// | type 3 | 02 | 04 | 1 2 | 04 | 3 4 | 01 | 03 |5 hi | 00 | list, text, …
// |        |count, each behind its len|Some, len, note|None|
#[derive(Message, Debug, PartialEq)]
#[msg_type = 3]
pub(crate) struct GroupsInside<'a> {
    #[wire(count = u8, item(len = u8))]
    pub(crate) points: Vec<Point>,
    #[wire(item(len = u8))]
    pub(crate) some: Option<Note<'a>>,
    #[wire(item(len = u8))]
    pub(crate) none: Option<Note<'a>>,
    #[wire(len = u8)]
    #[expect(clippy::box_collection, reason = "who boxes it anyway finds it in the same place")]
    pub(crate) list: Box<Vec<u16>>,
    #[wire(len = u8)]
    #[expect(clippy::box_collection, reason = "who boxes it anyway finds it in the same place")]
    pub(crate) text: Box<String>,
    #[wire(len = u8)]
    #[expect(clippy::box_collection, reason = "who boxes it anyway finds it in the same place")]
    pub(crate) map: Box<BTreeMap<u8, u8>>,
    #[wire(len = u8, min = 2, max = 6)]
    pub(crate) within: Vec<i16>,
}

/// A message alone in a group, without its number, and newer than its reader.
#[derive(Message, Debug, PartialEq)]
#[msg_type = 7]
#[wire(trailing = ignore)]
pub(crate) struct Extensible {
    pub(crate) known: u8,
}

// 0        1    2
// +--------+----+----+---------
// | type 4 | 01 | 05 | 06
#[derive(Message, Debug, PartialEq)]
#[msg_type = 4]
pub(crate) struct GroupsExtensible {
    #[wire(len = u8)]
    pub(crate) message: Extensible,
    pub(crate) end: u8,
}

fn branch(leaf: u8, branches: Vec<Branch>) -> Branch {
    Branch { leaf, branches }
}

pub(crate) static CASES: &[Case] = &[
    case!(
        "groups",
        Groups<'_>,
        Groups {
            numbers: vec![1, 2],
            names: vec!["a".into(), "bc".into()],
            map: [(1, 7), (2, 8)].into(),
            point: Point { x: 3, y: 4 },
            note: Note { kind: 9, text: "txt" },
            boxed: Box::new(Point { x: 5, y: 6 }),
            exact: Point { x: 7, y: 8 },
            end: 9,
        }
    ),
    case!(
        "groups_nested",
        GroupsNested,
        GroupsNested {
            attributes: vec![
                Attribute { kind: 1, values: vec![Some(1), Some(2), None] },
                Attribute { kind: 2, values: vec![Some(3)] },
            ],
            tree: branch(1, vec![branch(2, vec![branch(3, Vec::new())]), branch(4, Vec::new())]),
        }
    ),
    case!(
        "groups_inside",
        GroupsInside<'_>,
        GroupsInside {
            points: vec![Point { x: 1, y: 2 }, Point { x: 3, y: 4 }],
            some: Some(Note { kind: 5, text: "hi" }),
            none: None,
            list: Box::new(vec![1]),
            text: Box::new("b".into()),
            map: Box::new([(1, 2)].into()),
            within: vec![-1],
        }
    ),
    case!(
        "groups_extensible",
        GroupsExtensible,
        GroupsExtensible { message: Extensible { known: 5 }, end: 6 }
    ),
];
