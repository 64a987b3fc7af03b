//! The word `rest`: text, bytes, lists and maps up to the end of the message.

use std::borrow::Cow;
use std::collections::BTreeMap;

use bytes::Bytes;
use protocol_core::{Message, Wire};

use crate::case::{Case, End, case};

// 0        1
// +--------+------
// | type 1 | hällo
#[derive(Message, Debug, PartialEq)]
#[msg_type = 1]
pub(crate) struct RestText {
    #[wire(rest)]
    text: String,
}

// 0        1    2
// +--------+----+-------
// | type 2 | 09 | 00ff80
#[derive(Message, Debug, PartialEq)]
#[msg_type = 2]
pub(crate) struct RestBytes {
    kind: u8,
    #[wire(rest)]
    bytes: Vec<u8>,
}

// 0        1      3      5
// +--------+------+------+------
// | type 3 | 0001 | 0002 | 0304
#[derive(Message, Debug, PartialEq)]
#[msg_type = 3]
pub(crate) struct RestWords {
    #[wire(rest)]
    words: Vec<u16>,
}

#[derive(Wire, Debug, PartialEq)]
pub(crate) struct Named {
    #[wire(len = u8)]
    name: String,
}

// 0        1      3
// +--------+------+-------
// | type 4 | 01 a | 02 bc
#[derive(Message, Debug, PartialEq)]
#[msg_type = 4]
pub(crate) struct RestParts {
    #[wire(rest)]
    parts: Vec<Named>,
}

// 0        1         4
// +--------+---------+---------
// | type 5 | 01 0002 | 03 0004
#[derive(Message, Debug, PartialEq)]
#[msg_type = 5]
pub(crate) struct RestMap {
    #[wire(rest)]
    map: BTreeMap<u8, u16>,
}

// 0        1
// +--------+----
// | type 6 | str
#[derive(Message, Debug, PartialEq)]
#[msg_type = 6]
pub(crate) struct RestStr<'a> {
    #[wire(rest)]
    text: &'a str,
}

// 0        1
// +--------+-----
// | type 7 | 0102
#[derive(Message, Debug, PartialEq)]
#[msg_type = 7]
pub(crate) struct RestSlice<'a> {
    #[wire(rest)]
    bytes: &'a [u8],
}

// 0        1
// +--------+-------
// | type 8 | 030405
#[derive(Message, Debug, PartialEq)]
#[msg_type = 8]
pub(crate) struct RestShared {
    #[wire(rest)]
    bytes: Bytes,
}

// 0        1
// +--------+----
// | type 9 | cow
#[derive(Message, Debug, PartialEq)]
#[msg_type = 9]
pub(crate) struct RestCow<'a> {
    #[wire(rest)]
    text: Cow<'a, str>,
}

// 0         1      3
// +---------+------+-----
// | type 10 | 0100 | 0200
#[derive(Message, Debug, PartialEq)]
#[msg_type = 10]
#[wire(endian = little)]
pub(crate) struct RestLittle {
    #[wire(rest)]
    words: Vec<u16>,
}

// 0         1    2    3
// +---------+----+----+-----------------
// | type 11 | 00 | 01 | 0000000000000005
#[derive(Message, Debug, PartialEq)]
#[msg_type = 11]
pub(crate) struct RestOptions {
    #[wire(rest)]
    options: Vec<Option<u64>>,
}

#[derive(Wire, Debug, PartialEq)]
pub(crate) struct Tail {
    kind: u8,
    #[wire(rest)]
    text: String,
}

// 0         1    2
// +---------+----+------
// | type 12 | 01 | inner
#[derive(Message, Debug, PartialEq)]
#[msg_type = 12]
pub(crate) struct RestInside {
    tail: Tail,
}

// 0         1    2    4
// +---------+----+----+------+
// | type 13 | 01 | in | 0007 |  what must follow the part is not the part's
#[derive(Message, Debug, PartialEq)]
#[msg_type = 13]
pub(crate) struct RestMiddle {
    tail: Tail,
    end: u16,
}

pub(crate) const CASES: &[Case] = &[
    case!("rest_text", RestText, RestText { text: "hällo".into() }, end: End::Open),
    case!("rest_bytes", RestBytes, RestBytes { kind: 9, bytes: vec![0, 0xff, 0x80] }, end: End::Open),
    case!("rest_words", RestWords, RestWords { words: vec![1, 2, 0x0304] }, end: End::Open),
    case!(
        "rest_parts",
        RestParts,
        RestParts { parts: vec![Named { name: "a".into() }, Named { name: "bc".into() }] },
        end: End::Open
    ),
    case!("rest_map", RestMap, RestMap { map: BTreeMap::from([(1, 2), (3, 4)]) }, end: End::Open),
    case!("rest_str", RestStr<'_>, RestStr { text: "str" }, end: End::Open),
    case!("rest_slice", RestSlice<'_>, RestSlice { bytes: &[1, 2] }, end: End::Open),
    case!(
        "rest_shared",
        RestShared,
        RestShared { bytes: Bytes::from_static(&[3, 4, 5]) },
        end: End::Open
    ),
    case!("rest_cow", RestCow<'_>, RestCow { text: "cow".into() }, end: End::Open),
    case!("rest_little", RestLittle, RestLittle { words: vec![1, 2] }, end: End::Open),
    case!(
        "rest_options",
        RestOptions,
        RestOptions { options: vec![None, Some(5)] },
        end: End::Open
    ),
    case!(
        "rest_inside",
        RestInside,
        RestInside { tail: Tail { kind: 1, text: "inner".into() } },
        end: End::Open
    ),
    case!(
        "rest_middle",
        RestMiddle,
        RestMiddle { tail: Tail { kind: 1, text: "in".into() }, end: 7 },
        end: End::Open
    ),
];
