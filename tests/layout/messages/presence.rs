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

const HIGH: u8 = 0x80;

// | type 6 | off 00 | a 01 | flags 92 | b - | c 03 | d 04 |    bits that say the contrary, or stand high
#[derive(Message, Debug, PartialEq, Clone)]
#[msg_type = 6]
pub(crate) struct Contrary {
    pub(crate) off: bool,
    #[wire(if(!off))]
    pub(crate) a: Option<u8>,
    pub(crate) flags: u8,
    #[wire(if(flags & 0x02 == 0))]
    pub(crate) b: Option<u8>,
    #[wire(if(flags >> 4 & 1 == 1))]
    pub(crate) c: Option<u8>,
    #[wire(if(flags & HIGH == HIGH))]
    pub(crate) d: Option<u8>,
}

// | type 7 | flags 06 | a 0001 | b 0002 |    one bit for both, and a mask of two bits
#[derive(Message, Debug, PartialEq, Clone)]
#[msg_type = 7]
pub(crate) struct Shared {
    pub(crate) flags: u8,
    #[wire(if(flags & 0x01 != 0))]
    pub(crate) a: Option<u16>,
    #[wire(if(flags & 0x01 != 0))]
    pub(crate) b: Option<u16>,
    #[wire(if(flags & 0x06 != 0))]
    pub(crate) c: Option<u8>,
}

// | type 8 | flags 07 | 07 | sum | 00 | body hi |    a constant, a checksum, a reserved byte, if they are there
#[derive(Message, Debug, PartialEq, Clone)]
#[msg_type = 8]
pub(crate) struct Sealed {
    pub(crate) flags: u8,
    #[wire(if(flags & 0x01 != 0), value = 7)]
    pub(crate) kind: Option<u8>,
    #[wire(if(flags & 0x02 != 0), checksum = crc32(flags..=body))]
    pub(crate) sum: Option<u32>,
    #[wire(if(flags & 0x04 != 0), reserved)]
    pub(crate) spare: Option<u8>,
    #[wire(len = u8)]
    pub(crate) body: String,
    #[wire(optional_tail, checksum = crc32(body..=body))]
    pub(crate) end: Option<u32>,
}

// | type 9 | sum of a..=b | a 01 | n 02 | b 05 06 | c 01 | d 03 | e 02 |    all of it only since version 2
#[derive(Message, Debug, PartialEq, Clone)]
#[msg_type = 9]
pub(crate) struct VersionedSum {
    #[wire(since = 2, checksum = crc32(a..=b))]
    pub(crate) sum: u32,
    pub(crate) a: u8,
    pub(crate) n: u8,
    #[wire(since = 2, count = n)]
    pub(crate) late: Vec<u8>,
    #[wire(count = n)]
    pub(crate) b: Vec<u8>,
    #[wire(since = 2, value = a)]
    pub(crate) c: u8,
    #[wire(since = 2, range = 1..=3)]
    pub(crate) d: u8,
    #[wire(since = 2, check(e > a, "e must be above a"))]
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
    case!(
        "contrary",
        Contrary,
        Contrary { off: false, a: Some(1), flags: 0x92, b: None, c: Some(3), d: Some(4) }
    ),
    case!(
        "contrary_off",
        Contrary,
        Contrary { off: true, a: None, flags: 0x01, b: Some(2), c: None, d: None }
    ),
    case!("shared", Shared, Shared { flags: 0x05, a: Some(1), b: Some(2), c: Some(3) }),
    case!("shared_none", Shared, Shared { flags: 0x08, a: None, b: None, c: None }),
    case!(
        "sealed",
        Sealed,
        Sealed {
            flags: 7,
            kind: Some(7),
            sum: Some(0xfff9_f2fb),
            spare: Some(0),
            body: "hi".into(),
            end: Some(0x658f_352f),
        },
        end: End::Open
    ),
    case!(
        "sealed_none",
        Sealed,
        Sealed { flags: 0, kind: None, sum: None, spare: None, body: "hi".into(), end: None }
    ),
    case!(
        "versioned_sum",
        VersionedSum,
        VersionedSum {
            sum: 0x5e2f_6376,
            a: 1,
            n: 2,
            late: vec![8, 9],
            b: vec![5, 6],
            c: 1,
            d: 3,
            e: 2
        }
    ),
];
