//! Fields that are there or not: by a condition, by a version, or because bytes are left.

use protocol_core::Message;

use crate::case::{Case, End, case};

// | type 1 | flags 41 | a 0001 | b - | tail 05 |    a bit of its own for each
#[derive(Message, Debug, PartialEq, Clone)]
#[msg_type = 1]
pub(crate) struct Flagged {
    pub(crate) flags: u8,
    #[wire(if(flags & 0x01 != 0))]
    pub(crate) a: Option<u16>,
    #[wire(if(flags & 0x80 == 0x80))]
    pub(crate) b: Option<u32>,
    pub(crate) tail: u8,
}

// | type 2 | has_text 01 | 0002 | hi |    a `bool` alone
#[derive(Message, Debug, PartialEq, Clone)]
#[msg_type = 2]
pub(crate) struct Switched<'a> {
    pub(crate) has_text: bool,
    #[wire(if(has_text), len = u16)]
    pub(crate) text: Option<&'a str>,
}

// | type 3 | version 03 | extra 0007 |    what cannot be turned round is verified
#[derive(Message, Debug, PartialEq, Clone)]
#[msg_type = 3]
pub(crate) struct Conditional {
    pub(crate) version: u8,
    #[wire(if(version >= 2 && version < 9))]
    pub(crate) extra: Option<u16>,
}

// | type 4 | a 01 | b 0002 | c - |
#[derive(Message, Debug, PartialEq, Clone)]
#[msg_type = 4]
pub(crate) struct Tailed {
    pub(crate) a: u8,
    #[wire(optional_tail)]
    pub(crate) b: Option<u16>,
    #[wire(optional_tail, len = u8)]
    pub(crate) c: Option<String>,
}

// | type 5 | a 01 | c 0003 | e 05 |    the newest version: b was removed
#[derive(Message, Debug, PartialEq, Clone)]
#[msg_type = 5]
pub(crate) struct Versioned {
    pub(crate) a: u8,
    #[wire(removed = 3)]
    pub(crate) b: u8,
    #[wire(since = 2, default = 99)]
    pub(crate) c: u16,
    #[wire(since = 1, removed = 2)]
    pub(crate) d: Option<u8>,
    pub(crate) e: u8,
}

pub(crate) const CASES: &[Case] = &[
    case!("flagged", Flagged, Flagged { flags: 0x41, a: Some(1), b: None, tail: 5 }),
    case!("flagged_both", Flagged, Flagged { flags: 0x81, a: Some(1), b: Some(2), tail: 5 }),
    case!("flagged_none", Flagged, Flagged { flags: 0, a: None, b: None, tail: 5 }),
    case!("switched", Switched<'_>, Switched { has_text: true, text: Some("hi") }),
    case!("switched_off", Switched<'_>, Switched { has_text: false, text: None }),
    case!("conditional", Conditional, Conditional { version: 3, extra: Some(7) }),
    case!("conditional_off", Conditional, Conditional { version: 1, extra: None }),
    case!(
        "tailed",
        Tailed,
        Tailed { a: 1, b: Some(2), c: Some("x".into()) },
        end: End::Open
    ),
    case!("tailed_short", Tailed, Tailed { a: 1, b: Some(2), c: None }, end: End::Open),
    case!("versioned", Versioned, Versioned { a: 1, b: 0, c: 3, d: None, e: 5 }),
];
