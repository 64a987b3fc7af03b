//! Fields that follow from each other: lengths, counts, tags and orders that stand elsewhere.

use protocol_core::{Endian, Message, Wire};

use crate::case::{Case, End, case};

// | type 1 | n 0002 | items 0001 0002 0003 |    count = n * 2 - 1
#[derive(Message, Debug, PartialEq, Clone)]
#[msg_type = 1]
pub(crate) struct Counted {
    pub(crate) n: u16,
    #[wire(count = n * 2 - 1)]
    pub(crate) items: Vec<u16>,
}

// | type 2 | n 02 | a 01 02 | b 0003 0004 |    one count for both
#[derive(Message, Debug, PartialEq, Clone)]
#[msg_type = 2]
pub(crate) struct TwoLists {
    pub(crate) n: u8,
    #[wire(count = n)]
    pub(crate) a: Vec<u8>,
    #[wire(count = n)]
    pub(crate) b: Vec<u16>,
}

// | type 3 | total 000d | options 4 | payload 3 |    words of the options, bytes of all
#[derive(Message, Debug, PartialEq, Clone)]
#[msg_type = 3]
pub(crate) struct Datagram {
    pub(crate) words: u8,
    pub(crate) total: u16,
    #[wire(len = words * 4)]
    pub(crate) options: Vec<u8>,
    #[wire(len = total - words * 4 - 3)]
    pub(crate) payload: String,
}

#[derive(Wire, Debug, PartialEq, Clone)]
pub(crate) struct Head {
    pub(crate) kind: u8,
    pub(crate) len: u16,
}

// | type 4 | kind 07 | len 0002 | hi |    the length stands in a part
#[derive(Message, Debug, PartialEq, Clone)]
#[msg_type = 4]
pub(crate) struct Nested<'a> {
    pub(crate) head: Head,
    #[wire(len = head.len)]
    pub(crate) text: &'a str,
}

#[derive(Wire, Debug, PartialEq, Clone)]
pub(crate) struct Column {
    pub(crate) len: i32,
    #[wire(if(len != -1), len = len)]
    pub(crate) value: Option<Vec<u8>>,
}

// | type 5 | n 02 | ffff ffff | 0000 0001 41 |    -1 stands for no value
#[derive(Message, Debug, PartialEq, Clone)]
#[msg_type = 5]
pub(crate) struct Row {
    #[wire(count = u8)]
    pub(crate) columns: Vec<Column>,
}

// | type 6 | n 02 | len 0002 | more 0101 | hi |    values on the wire only
#[derive(Message, Debug, PartialEq, Clone)]
#[msg_type = 6]
pub(crate) struct OnWire {
    #[wire(before(n: u8 = count(items), len: u16))]
    #[wire(count = 2)]
    pub(crate) items: Vec<u8>,
    #[wire(len = len, after(end: u8 = len(text) + 1))]
    pub(crate) text: String,
}

#[derive(Wire, Debug, PartialEq, Clone)]
#[wire(tag = u16)]
pub(crate) enum Body {
    #[wire(tag = 1)]
    Number(u32),
    #[wire(tag = 2)]
    Pair { a: u8, b: u8 },
    #[wire(unknown)]
    Other(u16, #[wire(rest)] Vec<u8>),
}

// | type 7 | kind 02 | flag ee | 01 02 |    the tag stands away from the fields
#[derive(Message, Debug, PartialEq, Clone)]
#[msg_type = 7]
pub(crate) struct Far {
    pub(crate) kind: u8,
    pub(crate) flag: u8,
    #[wire(tag = kind)]
    pub(crate) body: Body,
}

// | type 8 | kind 01 | len 0004 | 00000005 | end 09 |    and their length before them
#[derive(Message, Debug, PartialEq, Clone)]
#[msg_type = 8]
pub(crate) struct FarSized {
    pub(crate) kind: u8,
    #[wire(tag = kind, len = u16)]
    pub(crate) body: Body,
    pub(crate) end: u8,
}

// | type 12 | n 02 | 09 0004 kept 09 | 01 0004 00000005 09 |    and a list of them
#[derive(Message, Debug, PartialEq, Clone)]
#[msg_type = 12]
pub(crate) struct FarList {
    #[wire(count = u8)]
    pub(crate) items: Vec<FarItem>,
}

#[derive(Wire, Debug, PartialEq, Clone)]
pub(crate) struct FarItem {
    kind: u8,
    #[wire(tag = kind, len = u16)]
    body: Body,
    end: u8,
}

// | type 9 | kind 01 | len 04 | flag ee | 00000005 | end 09 |    or elsewhere too
#[derive(Message, Debug, PartialEq, Clone)]
#[msg_type = 9]
pub(crate) struct FarTold {
    pub(crate) kind: u8,
    pub(crate) len: u8,
    pub(crate) flag: u8,
    #[wire(tag = kind, len = len)]
    pub(crate) body: Body,
    pub(crate) end: u8,
}

// | type 10 | mark 6c | 3412 | 0200 h i |    the order stands in the message
#[derive(Message, Debug, PartialEq, Clone)]
#[msg_type = 10]
pub(crate) struct Ordered {
    pub(crate) mark: u8,
    #[wire(endian = if mark == b'l' { Endian::Little } else { Endian::Big })]
    pub(crate) number: u16,
    #[wire(len = u16, endian = if mark == b'l' { Endian::Little } else { Endian::Big })]
    pub(crate) text: String,
}

#[derive(Wire, Debug, PartialEq, Clone)]
pub(crate) enum Shape {
    Dots(#[wire(before(n: u8), count = n)] Vec<u16>),
    Named {
        len: u8,
        #[wire(len = len)]
        name: String,
    },
}

// | type 11 | 02 | 00 01 0007 | 01 01 41 |    relations within variants
#[derive(Message, Debug, PartialEq, Clone)]
#[msg_type = 11]
pub(crate) struct Shapes {
    #[wire(count = u8)]
    pub(crate) shapes: Vec<Shape>,
}

// | n 00..02 | items 08 09 0a 0b |    a count of any size is computed in 128 bits
#[derive(Wire, Debug, PartialEq, Clone)]
pub(crate) struct Enormous {
    pub(crate) n: u128,
    #[wire(count = n * 2)]
    pub(crate) items: Vec<u8>,
}

pub(crate) const CASES: &[Case] = &[
    case!("counted", Counted, Counted { n: 2, items: vec![1, 2, 3] }),
    case!("two_lists", TwoLists, TwoLists { n: 2, a: vec![1, 2], b: vec![3, 4] }),
    case!(
        "datagram",
        Datagram,
        Datagram { words: 1, total: 10, options: vec![1, 2, 3, 4], payload: "abc".into() }
    ),
    case!("nested", Nested<'_>, Nested { head: Head { kind: 7, len: 2 }, text: "hi" }),
    case!(
        "row",
        Row,
        Row {
            columns: vec![
                Column { len: -1, value: None },
                Column { len: 1, value: Some(b"A".to_vec()) },
            ],
        }
    ),
    case!("on_wire", OnWire, OnWire { items: vec![8, 9], text: "hi".into() }),
    case!("far", Far, Far { kind: 2, flag: 0xee, body: Body::Pair { a: 1, b: 2 } }),
    case!(
        "far_unknown",
        Far,
        Far { kind: 9, flag: 0xee, body: Body::Other(9, b"kept".to_vec()) },
        end: End::Open
    ),
    case!("far_sized", FarSized, FarSized { kind: 1, body: Body::Number(5), end: 9 }),
    case!(
        "far_sized_unknown",
        FarSized,
        FarSized { kind: 9, body: Body::Other(9, b"kept".to_vec()), end: 9 }
    ),
    case!(
        "far_told",
        FarTold,
        FarTold { kind: 1, len: 4, flag: 0xee, body: Body::Number(5), end: 9 }
    ),
    case!(
        "far_list",
        FarList,
        FarList {
            items: vec![
                FarItem { kind: 9, body: Body::Other(9, b"kept".to_vec()), end: 9 },
                FarItem { kind: 1, body: Body::Number(5), end: 9 },
            ],
        }
    ),
    case!("ordered_little", Ordered, Ordered { mark: b'l', number: 0x1234, text: "hi".into() }),
    case!("ordered_big", Ordered, Ordered { mark: b'B', number: 0x1234, text: "hi".into() }),
    case!(
        "shapes_told",
        Shapes,
        Shapes { shapes: vec![Shape::Dots(vec![7]), Shape::Named { len: 1, name: "A".into() }] }
    ),
    case!("enormous", Enormous, Enormous { n: 2, items: vec![8, 9, 10, 11] }, id_len: 0),
];
