//! The words `until`, `pad_to` and `max_len`.

use std::borrow::Cow;

use bytes::Bytes;
use protocol_core::{Message, Wire};

use crate::case::{Case, case};

/// The end of a line.
const NEWLINE: u8 = b'\n';

#[derive(Wire, Debug, PartialEq)]
pub(crate) struct Answer {
    pub(crate) kind: u8,
    #[wire(until = 0)]
    pub(crate) text: String,
}

// 0        1         4       7      10
// +--------+---------+-------+-------+-------
// | type 1 | "hi" 00 | ab 0a | 01 ff | …
#[derive(Message, Debug, PartialEq)]
#[msg_type = 1]
pub(crate) struct Ended<'a> {
    #[wire(until = 0)]
    pub(crate) text: String,
    #[wire(until = NEWLINE)]
    pub(crate) line: &'a str,
    #[wire(until = 0xff)]
    pub(crate) bytes: Vec<u8>,
    #[wire(until = b';')]
    pub(crate) slice: &'a [u8],
    #[wire(until = 0, max = 4, min = 1)]
    pub(crate) boxed: Box<str>,
    #[wire(until = 0)]
    pub(crate) cow: Cow<'a, str>,
    #[wire(until = 0)]
    pub(crate) shared: Bytes,
    #[wire(until = 0)]
    pub(crate) empty: String,
    pub(crate) end: u16,
}

// 0        1         5         9    10    12   14
// +--------+---------+---------+----+-----+----+------
// | type 2 | 01 "a"0 | 02 "b"0 | 00 |0107 | 00 | names
// |        | answers           |end | some     |
#[derive(Message, Debug, PartialEq)]
#[msg_type = 2]
#[wire(endian = little)]
pub(crate) struct EndedLists {
    #[wire(until = 0)]
    pub(crate) answers: Vec<Answer>,
    #[wire(until = 0)]
    pub(crate) some: Vec<Option<u8>>,
    #[wire(until = 0, item(until = 0))]
    pub(crate) names: Vec<String>,
    #[wire(until = 0, item(len = u8))]
    pub(crate) groups: Vec<Answer>,
    #[wire(until = 0xff, max = 3)]
    pub(crate) numbers: Vec<u16>,
    #[wire(item(until = 0))]
    pub(crate) optional: Option<String>,
    pub(crate) end: u16,
}

#[derive(Wire, Debug, PartialEq)]
pub(crate) struct Pair {
    pub(crate) x: u8,
    pub(crate) y: u16,
}

const WIDTH: usize = 4;

// 0        1               9             13      16    20    26       31
// +--------+---------------+-------------+-------+-----+-----+--------+----
// | type 3 | "ann" 0 0 0 0 | "full"      | 01 02 | …
#[derive(Message, Debug, PartialEq)]
#[msg_type = 3]
pub(crate) struct Padded<'a> {
    #[wire(pad_to = 8)]
    pub(crate) name: String,
    #[wire(pad_to = WIDTH)]
    pub(crate) full: &'a str,
    #[wire(pad_to = 3)]
    pub(crate) bytes: Vec<u8>,
    #[wire(pad_to = 2)]
    pub(crate) empty: Box<str>,
    #[wire(pad_to = 2)]
    pub(crate) shared: Bytes,
    #[wire(pad_to = 3)]
    pub(crate) slice: &'a [u8],
    #[wire(pad_to = 5)]
    pub(crate) part: Pair,
    #[wire(pad_to = 4, endian = little)]
    pub(crate) number: u16,
    #[wire(pad_to = 9)]
    pub(crate) list: Vec<u16>,
    #[wire(pad_to = 3)]
    pub(crate) option: Option<u8>,
    #[wire(pad_to = 4)]
    #[expect(clippy::box_collection, reason = "who boxes it anyway finds it in the same place")]
    pub(crate) boxed: Box<String>,
    #[wire(pad_to = 4)]
    pub(crate) array: [u8; 3],
    #[wire(count = u8, item(pad_to = 3))]
    pub(crate) names: Vec<String>,
}

/// A message of one length without anything on the heap.
#[derive(Message, Debug, PartialEq)]
#[msg_type = 4]
pub(crate) struct PaddedPlain<'a> {
    #[wire(pad_to = 6)]
    pub(crate) part: Pair,
    #[wire(pad_to = 3)]
    pub(crate) text: &'a str,
}

#[derive(Message, Debug, PartialEq)]
#[msg_type = 5]
#[wire(max_len = 6, id = u16)]
pub(crate) struct Capped<'a> {
    #[wire(len = u8)]
    pub(crate) text: &'a str,
}

#[derive(Wire, Debug, PartialEq)]
#[wire(max_len = 4)]
pub(crate) enum CappedChoice {
    None,
    Text(#[wire(len = u8)] String),
}

#[derive(Message, Debug, PartialEq)]
#[msg_type = 6]
pub(crate) struct CappedInside {
    pub(crate) choices: Vec<CappedChoice>,
}

pub(crate) static CASES: &[Case] = &[
    case!(
        "ended",
        Ended<'_>,
        Ended {
            text: "hi".into(),
            line: "ab",
            bytes: vec![1, 0],
            slice: b"x",
            boxed: "full".into(),
            cow: "co".into(),
            shared: Bytes::from_static(b"sh"),
            empty: String::new(),
            end: 9,
        }
    ),
    case!(
        "ended_lists",
        EndedLists,
        EndedLists {
            answers: vec![
                Answer { kind: 1, text: "a".into() },
                Answer { kind: 2, text: "b".into() },
            ],
            some: vec![Some(7)],
            names: vec!["n".into(), "mm".into()],
            groups: vec![Answer { kind: 0, text: "g".into() }],
            numbers: vec![0xff01, 2, 3],
            optional: Some("o".into()),
            end: 9,
        }
    ),
    case!(
        "filled",
        Padded<'_>,
        Padded {
            name: "ann".into(),
            full: "full",
            bytes: vec![1],
            empty: "".into(),
            shared: Bytes::from_static(&[2]),
            slice: &[1, 2, 3],
            part: Pair { x: 1, y: 2 },
            number: 3,
            list: vec![4],
            option: Some(5),
            boxed: Box::new("b".into()),
            array: [0, 0, 6],
            names: vec!["n".into(), "abc".into()],
        }
    ),
    case!("filled_plain", PaddedPlain<'_>, PaddedPlain { part: Pair { x: 1, y: 2 }, text: "t" }),
    case!("capped", Capped<'_>, Capped { text: "abc" }, id_len: 2),
    case!(
        "capped_inside",
        CappedInside,
        CappedInside { choices: vec![CappedChoice::None, CappedChoice::Text("ab".into())] }
    ),
];
