//! The words `max` and `min`: they limit what the prefix counts.

use std::collections::BTreeMap;

use protocol_core::Message;

use crate::case::{Case, End, case};

// 0        1              8       11              17
// +--------+--------------+-------+---------------+-----------+
// | type 1 | 00000003 abc | 02 de | 00000001 0001 | 0001 0102 |
#[derive(Message, Debug, PartialEq)]
#[msg_type = 1]
pub(crate) struct Highest {
    #[wire(max = 3)]
    pub(crate) text: String,
    #[wire(len = u8, max = 10)]
    pub(crate) short: String,
    #[wire(max = 4)]
    pub(crate) words: Vec<u16>,
    #[wire(count = u16, max = 2)]
    pub(crate) map: BTreeMap<u8, u8>,
}

// 0        1             7    8      10
// +--------+-------------+----+------+------+
// | type 2 | 00000002 ab | 02 | 0001 | 0002 |
#[derive(Message, Debug, PartialEq)]
#[msg_type = 2]
pub(crate) struct Lowest {
    #[wire(min = 2)]
    pub(crate) text: String,
    #[wire(count = u8, min = 2)]
    pub(crate) words: Vec<u16>,
}

// 0        1
// +--------+-----
// | type 3 | four
#[derive(Message, Debug, PartialEq)]
#[msg_type = 3]
pub(crate) struct RestWithin {
    #[wire(rest, min = 2, max = 4)]
    pub(crate) text: String,
}

// 0        1      3
// +--------+------+-----
// | type 4 | 0001 | 0002
#[derive(Message, Debug, PartialEq)]
#[msg_type = 4]
pub(crate) struct RestListWithin {
    #[wire(rest, min = 1, max = 2)]
    pub(crate) words: Vec<u16>,
}

// 0        1    2
// +--------+----+-------+
// | type 5 | 01 | 02 ab |
#[derive(Message, Debug, PartialEq)]
#[msg_type = 5]
pub(crate) struct ItemWithin {
    #[wire(count = u8, max = 2, item(len = u8, max = 2))]
    pub(crate) texts: Vec<String>,
}

pub(crate) const CASES: &[Case] = &[
    case!(
        "limits",
        Highest,
        Highest {
            text: "abc".into(),
            short: "de".into(),
            words: vec![1],
            map: BTreeMap::from([(1, 2)]),
        }
    ),
    case!("limits_low", Lowest, Lowest { text: "ab".into(), words: vec![1, 2] }),
    case!("limits_rest", RestWithin, RestWithin { text: "four".into() }, end: End::Open),
    case!(
        "limits_rest_list",
        RestListWithin,
        RestListWithin { words: vec![1, 2] },
        end: End::Open
    ),
    case!("limits_item", ItemWithin, ItemWithin { texts: vec!["ab".into()] }),
];
