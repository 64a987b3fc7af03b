//! Enums with a length between the tag and the fields: type, length, value.

use protocol_core::{Message, Wire};

use crate::case::{Case, End, case};

/// A tag, the byte length of the fields, the fields.
#[derive(Wire, Debug, PartialEq)]
#[wire(tag = u8, len = u8)]
pub(crate) enum Attr {
    #[wire(tag = 1)]
    Address(u32),
    #[wire(tag = 2)]
    End,
    #[wire(tag = 3)]
    Host {
        #[wire(rest)]
        name: String,
    },
    #[wire(unknown)]
    Other(u8, #[wire(rest)] Vec<u8>),
}

// 0        1    2    3    4          8    9    10   11   12     16   17   18      23   24   25
// +--------+----+----+----+----------+----+----+----+----+------+----+----+-------+----+----+
// | type 1 | 05 | 01 | 04 | c0000201 | 02 | 00 | 03 | 04 | host | 09 | 05 | later | 09 | 00 |
#[derive(Message, Debug, PartialEq)]
#[msg_type = 1]
pub(crate) struct Tlv {
    #[wire(count = u8)]
    pub(crate) attrs: Vec<Attr>,
}

// 0        1    2    3          7    8    9   10   11   12
// +--------+----+----+----------+----+----+---+----+----+
// | type 2 | 01 | 04 | 00000007 | 03 | 01 | a | 02 | 00 |  to the end of the message
#[derive(Message, Debug, PartialEq)]
#[msg_type = 2]
pub(crate) struct TlvRest {
    #[wire(rest)]
    pub(crate) attrs: Vec<Attr>,
}

#[derive(Wire, Debug, PartialEq)]
#[wire(tag = u16, len = Le<u16>)]
pub(crate) enum Tree {
    #[wire(tag = 1)]
    Branch {
        #[wire(rest)]
        children: Vec<Tree>,
    },
    #[wire(tag = 2)]
    Leaf(u8),
}

// 0        1    2      4      6      8      10   11     13     15     17     19   20     22     24
// +--------+----+------+------+------+------+----+------+------+------+------+----+------+------+
// | type 3 | 02 | 0001 | 0e00 | 0002 | 0100 | 07 | 0001 | 0500 | 0002 | 0100 | 08 | 0001 | 0000 |
#[derive(Message, Debug, PartialEq)]
#[msg_type = 3]
pub(crate) struct TlvNested {
    #[wire(count = u8)]
    trees: Vec<Tree>,
}

#[derive(Wire, Debug, PartialEq)]
#[wire(tag = varint, len = varint)]
pub(crate) enum Extension {
    #[wire(tag = 300)]
    Text(#[wire(rest)] String),
    #[wire(tag = 1)]
    Group(#[wire(rest)] Vec<Extension>),
    #[wire(unknown)]
    Other(u64, #[wire(rest)] Vec<u8>),
}

// 0        1      3      5         135  136  137    139  140 141  142  143    145  146
// +--------+------+------+---------+----+----+------+----+---+----+----+------+----+------+
// | type 4 | ac02 | 8201 | x x x … | 01 | 06 | ac02 | 01 | y | 01 | 00 | 9003 | 04 | kept |
#[derive(Message, Debug, PartialEq)]
#[msg_type = 4]
pub(crate) struct TlvVarint {
    extensions: [Extension; 3],
}

/// An enum with one variant behind a length of this width.
macro_rules! one {
    ($($name:ident: $len:ident,)*) => {$(
        #[derive(Wire, Debug, PartialEq)]
        #[wire(len = $len)]
        pub(crate) enum $name {
            #[wire(tag = 7)]
            One(u16),
        }
    )*};
}

one!(
    Len8: u8,
    Len16: u16,
    Len24: u24,
    Len32: u32,
    Len48: u48,
    Len64: u64,
);

// 0        1    2    3      5    6      8      10   11       14     16   17         21
// +--------+----+----+------+----+------+------+----+--------+------+----+----------+------+--
// | type 5 | 07 | 02 | 0001 | 07 | 0002 | 0002 | 07 | 000002 | 0003 | 07 | 00000002 | 0004 | …
#[derive(Message, Debug, PartialEq)]
#[msg_type = 5]
pub(crate) struct TlvWidths {
    u8: Len8,
    u16: Len16,
    u24: Len24,
    u32: Len32,
    u48: Len48,
    u64: Len64,
}

pub(crate) const CASES: &[Case] = &[
    case!(
        "tlv",
        Tlv,
        Tlv {
            attrs: vec![
                Attr::Address(0xc000_0201),
                Attr::End,
                Attr::Host { name: "host".into() },
                Attr::Other(9, b"later".to_vec()),
                Attr::Other(9, Vec::new()),
            ]
        }
    ),
    case!(
        "tlv_rest",
        TlvRest,
        TlvRest { attrs: vec![Attr::Address(7), Attr::Host { name: "a".into() }, Attr::End] },
        end: End::Open
    ),
    case!(
        "tlv_nested",
        TlvNested,
        TlvNested {
            trees: vec![
                Tree::Branch {
                    children: vec![Tree::Leaf(7), Tree::Branch { children: vec![Tree::Leaf(8)] }]
                },
                Tree::Branch { children: Vec::new() },
            ]
        }
    ),
    case!(
        "tlv_varint",
        TlvVarint,
        TlvVarint {
            extensions: [
                Extension::Text("x".repeat(130)),
                Extension::Group(vec![Extension::Text("y".into()), Extension::Group(Vec::new())]),
                Extension::Other(400, b"kept".to_vec()),
            ]
        }
    ),
    case!(
        "tlv_widths",
        TlvWidths,
        TlvWidths {
            u8: Len8::One(1),
            u16: Len16::One(2),
            u24: Len24::One(3),
            u32: Len32::One(4),
            u48: Len48::One(5),
            u64: Len64::One(6),
        }
    ),
];
