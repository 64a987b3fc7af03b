//! The words `item` and `key`: the format of elements, values and keys, nested as the types are.

use std::collections::BTreeMap;

use protocol_core::Message;

use crate::case::{Case, case};

// 0        1          5      7       10   11       14         18     20   21       25     27
// +--------+----------+------+-------+----+--------+----------+------+----+--------+------+------+
// | type 1 | 00000002 | 01 a | 02 bc | 01 | 0001 d | 00000001 | 0201 | 01 | 03 opt | 01 x | 01 y |
// |        | texts                   | counted     | little          | optional    | array       |
#[derive(Message, Debug, PartialEq)]
#[msg_type = 1]
pub(crate) struct Items {
    #[wire(item(len = u8))]
    texts: Vec<String>,
    #[wire(count = u8, item(len = u16))]
    counted: Vec<String>,
    #[wire(item(endian = little))]
    little: Vec<u16>,
    #[wire(item(len = u8))]
    optional: Option<String>,
    #[wire(item(len = u8))]
    array: [String; 2],
}

// 0        1      3    4        7        10   11   12   13     15   16   17    20
// +--------+------+----+--------+--------+----+----+----+------+----+----+-----+-----+
// | type 2 | 0002 | 02 | 0001 a | 0001 b | 00 | 02 | 01 | 01 c | 00 | 02 | abc | def |
// |        | two lists                        | optional         | two of 3 bytes
#[derive(Message, Debug, PartialEq)]
#[msg_type = 2]
pub(crate) struct NestedItems {
    #[wire(count = u16, item(count = u8, item(len = u16)))]
    lists: Vec<Vec<String>>,
    #[wire(count = u8, item(item(len = u8)))]
    optional: Vec<Option<String>>,
    #[wire(count = u8, item(len = 3))]
    fixed: Vec<String>,
}

// 0        1          5      7      9      11   12     14         18     20   21
// +--------+----------+------+------+------+----+------+----------+------+----+------+
// | type 3 | 00000001 | 01 k | 0001 | 0001 | 01 | 0200 | 00000003 | 0001 | 04 | 01 v |
// |        | text to a list              | little keys              | text values     |
#[derive(Message, Debug, PartialEq)]
#[msg_type = 3]
pub(crate) struct Keys {
    #[wire(key(len = u8), item(count = u16))]
    lists: BTreeMap<String, Vec<u16>>,
    #[wire(count = u8, key(endian = little))]
    little: BTreeMap<u16, u32>,
    #[wire(count = u16, item(len = u8))]
    texts: BTreeMap<u8, String>,
}

// 0        1      3      5   6    7
// +--------+------+------+---+----+------+
// | type 4 | 0100 | 0100 | a | 01 | 0100 |
#[derive(Message, Debug, PartialEq)]
#[msg_type = 4]
#[wire(endian = little)]
pub(crate) struct LittleItems {
    #[wire(count = u16, item(len = u16))]
    texts: Vec<String>,
    #[wire(count = u8)]
    words: Vec<u16>,
}

pub(crate) const CASES: &[Case] = &[
    case!(
        "item",
        Items,
        Items {
            texts: vec!["a".into(), "bc".into()],
            counted: vec!["d".into()],
            little: vec![0x0102],
            optional: Some("opt".into()),
            array: ["x".into(), "y".into()],
        }
    ),
    case!(
        "item_nested",
        NestedItems,
        NestedItems {
            lists: vec![vec!["a".into(), "b".into()], vec![]],
            optional: vec![Some("c".into()), None],
            fixed: vec!["abc".into(), "def".into()],
        }
    ),
    case!(
        "keys",
        Keys,
        Keys {
            lists: BTreeMap::from([("k".into(), vec![1])]),
            little: BTreeMap::from([(2, 3)]),
            texts: BTreeMap::from([(4, "v".into())]),
        }
    ),
    case!("item_little", LittleItems, LittleItems { texts: vec!["a".into()], words: vec![1] }),
];
