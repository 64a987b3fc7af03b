//! Messages of maps: a count of entries, u32, then key and value of each, the keys ascending.

use std::collections::BTreeMap;

use protocol_core::Message;

use crate::case::{Case, case};

// 0        1          5    6      8    9      11
// +--------+----------+----+------+----+------+
// | type 1 | 00000002 | 01 | 0a0b | 09 | 0c0d |
#[derive(Message, Debug, PartialEq)]
#[msg_type = 1]
pub(crate) struct SmallMap {
    entries: BTreeMap<u8, u16>,
}

// | type 2 | 00000002 | 00000001 a | 00000001 01 | 00000001 b | 00000000 |
// | 00000002 | fd 01 | 02 00 |                        -3 before 2: the order of the type
// | 00000002 | 01 02 00 | 01 03 01 04 |
// | 00000001 | 05 | 00000001 | 06 07 |
#[derive(Message, Debug, PartialEq)]
#[msg_type = 2]
pub(crate) struct Maps {
    texts: BTreeMap<String, Vec<u8>>,
    signed: BTreeMap<i8, bool>,
    pairs: BTreeMap<(u8, u8), Option<u8>>,
    nested: BTreeMap<u8, BTreeMap<u8, u8>>,
}

pub(crate) const CASES: &[Case] = &[
    case!("small_map", SmallMap, SmallMap { entries: BTreeMap::from([(9, 0x0c0d), (1, 0x0a0b)]) }),
    case!(
        "maps",
        Maps,
        Maps {
            texts: BTreeMap::from([("b".into(), vec![]), ("a".into(), vec![1])]),
            signed: BTreeMap::from([(2, false), (-3, true)]),
            pairs: BTreeMap::from([((1, 2), None), ((1, 3), Some(4))]),
            nested: BTreeMap::from([(5, BTreeMap::from([(6, 7)]))]),
        }
    ),
];
