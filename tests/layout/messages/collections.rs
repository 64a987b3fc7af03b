//! Messages of the lists beside `Vec`: `VecDeque`, `Box<[T]>`, and the set.

use std::collections::{BTreeSet, VecDeque};

use protocol_core::Message;

use crate::case::{Case, End, case};

// 0        1          5           9    10   12
// +--------+----------+-----------+----+----+------
// | type 1 | 00000003 | 1, 2, 3   | 02 | LE | bytes |  u32 count; u8 count; u16 length of bytes
#[derive(Message, Debug, PartialEq)]
#[msg_type = 1]
pub(crate) struct Deques {
    words: VecDeque<u16>,
    #[wire(count = u8, item(endian = little))]
    little: VecDeque<u16>,
    #[wire(len = u16)]
    bytes: VecDeque<u8>,
    #[wire(count = 2, item(len = u8))]
    texts: VecDeque<String>,
}

// 0        1          5                9    10
// +--------+----------+----------------+----+-----------
// | type 2 | 00000002 | fffe, 0003     | 02 | 1 'a', 1 'b' |  ascending, each once
#[derive(Message, Debug, PartialEq)]
#[msg_type = 2]
pub(crate) struct Sets {
    words: BTreeSet<i16>,
    #[wire(count = u8, min = 1, max = 3, item(len = u8))]
    texts: BTreeSet<String>,
}

// 0        1          5         9    10
// +--------+----------+---------+----+------
// | type 3 | 00000002 | 1, 2    | 03 | bytes  |
#[derive(Message, Debug, PartialEq)]
#[msg_type = 3]
pub(crate) struct Slabs {
    words: Box<[u16]>,
    #[wire(len = u8)]
    bytes: Box<[u8]>,
    #[wire(count = u8)]
    nested: Box<[Option<Box<[u8]>>]>,
}

// 0        1
// +--------+------
// | type 4 | words, to the end
#[derive(Message, Debug, PartialEq)]
#[msg_type = 4]
pub(crate) struct RestDeque {
    #[wire(rest)]
    words: VecDeque<u16>,
}

// 0        1
// +--------+------
// | type 5 | bytes, ascending, to the end
#[derive(Message, Debug, PartialEq)]
#[msg_type = 5]
pub(crate) struct RestSet {
    #[wire(rest)]
    bytes: BTreeSet<u8>,
}

// 0        1       3    6    7
// +--------+-------+----+----+------
// | type 6 | 0004  | .. | 03 | fd 01 02 | 04 | 'a' 'bc'.. |  `len` is the bytes of all elements
#[derive(Message, Debug, PartialEq)]
#[msg_type = 6]
pub(crate) struct ListGroups {
    #[wire(len = u16)]
    words: VecDeque<u16>,
    #[wire(len = u8)]
    set: BTreeSet<i8>,
    #[wire(len = u8, item(len = u8))]
    texts: VecDeque<String>,
    #[wire(len = varint)]
    slab: Box<[Option<u8>]>,
}

/// A deque whose elements lie in two pieces.
fn in_two_pieces<T: Clone>(items: &[T]) -> VecDeque<T> {
    let mut deque = VecDeque::with_capacity(items.len());
    let (front, back) = items.split_at(items.len() / 2);
    deque.extend(back.iter().cloned());
    front.iter().rev().for_each(|item| deque.push_front(item.clone()));
    assert!(!deque.as_slices().1.is_empty(), "it lies in one piece");
    deque
}

pub(crate) const CASES: &[Case] = &[
    case!(
        "deques",
        Deques,
        Deques {
            words: in_two_pieces(&[1, 2, 3]),
            little: VecDeque::from([4, 5]),
            bytes: in_two_pieces(b"abcd"),
            texts: in_two_pieces(&["x".to_owned(), "yz".to_owned()]),
        }
    ),
    case!(
        "sets",
        Sets,
        Sets {
            words: BTreeSet::from([3, -2]),
            texts: BTreeSet::from(["b".to_owned(), "a".to_owned()]),
        }
    ),
    case!(
        "slabs",
        Slabs,
        Slabs {
            words: Box::new([1, 2]),
            bytes: Box::new(*b"abc"),
            nested: Box::new([None, Some(Box::new([7]))]),
        }
    ),
    case!(
        "rest_deque",
        RestDeque,
        RestDeque { words: VecDeque::from([1, 2]) },
        end: End::Open
    ),
    case!("rest_set", RestSet, RestSet { bytes: BTreeSet::from([1, 2, 9]) }, end: End::Open),
    case!(
        "list_groups",
        ListGroups,
        ListGroups {
            words: in_two_pieces(&[1, 2]),
            set: BTreeSet::from([1, -3, 2]),
            texts: in_two_pieces(&["a".to_owned(), "bc".to_owned()]),
            slab: Box::new([None, Some(7)]),
        }
    ),
];
