//! Messages of text and bytes, owned, borrowed and shared.

use std::borrow::Cow;

use bytes::Bytes;
use protocol_core::Message;

use crate::case::{Case, case};

// 0        1          5      10         14
// +--------+----------+------+----------+-------
// | type 1 | 00000005 | grün | 00000005 | boxed   byte lengths, u32 BE; UTF-8
#[derive(Message, Debug, PartialEq)]
#[msg_type = 1]
pub(crate) struct Texts {
    string: String,
    boxed: Box<str>,
}

// 0        1          5      10         14     16         20    23         27
// +--------+----------+------+----------+------+----------+-----+----------+------
// | type 2 | 00000005 | säge | 00000002 | 00ff | 00000003 | cow | 00000002 | 8081
#[derive(Message, Debug, PartialEq)]
#[msg_type = 2]
pub(crate) struct Borrowed<'a> {
    text: &'a str,
    bytes: &'a [u8],
    cow_text: Cow<'a, str>,
    cow_bytes: Cow<'a, [u8]>,
}

// 0        1          5      7          11
// +--------+----------+------+----------+--------
// | type 3 | 00000002 | dead | 00000003 | beef00
#[derive(Message, Debug, PartialEq)]
#[msg_type = 3]
pub(crate) struct Blob {
    shared: Bytes,
    list: Vec<u8>,
}

pub(crate) const CASES: &[Case] = &[
    case!("texts", Texts, Texts { string: "grün".into(), boxed: "boxed".into() }),
    case!("texts_empty", Texts, Texts { string: "".into(), boxed: "".into() }),
    case!(
        "borrowed",
        Borrowed<'_>,
        Borrowed {
            text: "säge",
            bytes: b"\x00\xff",
            cow_text: Cow::Borrowed("cow"),
            cow_bytes: Cow::Owned(b"\x80\x81".to_vec()),
        }
    ),
    case!(
        "blob",
        Blob,
        Blob { shared: Bytes::from_static(b"\xde\xad"), list: b"\xbe\xef\x00".to_vec() }
    ),
];
