//! The word `id`, and numbers that are constants: the message type in each width and order.

use protocol_core::{Message, Protocol, Unknown};

use crate::case::{Case, case};

// 0      1        3
// +------+--------+
// | fe   | u16 BE |  one byte when nothing is said
#[derive(Message, Debug, PartialEq)]
#[msg_type = 0xfe]
pub(crate) struct Id8 {
    value: u16,
}

// 0      2        4
// +------+--------+
// | 0102 | u16 BE |
#[derive(Message, Debug, PartialEq)]
#[msg_type = 0x0102]
#[wire(id = u16)]
pub(crate) struct Id16 {
    value: u16,
}

// | 0201 | u16 LE |  the id has the order of the message
#[derive(Message, Debug, PartialEq)]
#[msg_type = 0x0102]
#[wire(id = u16, endian = little)]
pub(crate) struct Id16Little {
    value: u16,
}

// | 0102 | u16 LE |  or its own
#[derive(Message, Debug, PartialEq)]
#[msg_type = 0x0102]
#[wire(id = Be<u16>, endian = little)]
pub(crate) struct Id16Ordered {
    value: u16,
}

// 0          4        6
// +----------+--------+
// | 01020304 | u16 BE |
#[derive(Message, Debug, PartialEq)]
#[msg_type = 0x0102_0304]
#[wire(id = u32)]
pub(crate) struct Id32 {
    value: u16,
}

// | 04030201 | u16 LE |
#[derive(Message, Debug, PartialEq)]
#[msg_type = 0x0102_0304]
#[wire(id = u32, endian = little)]
pub(crate) struct Id32Little {
    value: u16,
}

// | 04030201 | u16 BE |
#[derive(Message, Debug, PartialEq)]
#[msg_type = 0x0102_0304]
#[wire(id = Le<u32>)]
pub(crate) struct Id32Ordered {
    value: u16,
}

const LETTER: u8 = b'L';

// 0      1    2
// +------+----+
// | 4c   | 01 |
#[derive(Message, Debug, PartialEq)]
#[msg_type(LETTER)]
pub(crate) struct IdConstant {
    value: u8,
}

// 0      2        4
// +------+--------+
// | ac02 | u16 BE |  300 in two bytes
#[derive(Message, Debug, PartialEq)]
#[msg_type = 300]
#[wire(id = varint, max_len = 4)]
pub(crate) struct IdVarint {
    value: u16,
}

#[derive(Message, Debug, PartialEq)]
#[msg_type = 5]
#[wire(id = varint)]
pub(crate) struct IdVarintShort {
    value: u16,
}

#[derive(Protocol, Debug, PartialEq)]
#[wire(id = varint)]
pub(crate) enum Varints {
    Short(IdVarintShort),
    Long(IdVarint),
    #[wire(unknown)]
    Other(Unknown),
}

pub(crate) const CASES: &[Case] = &[
    case!("id8", Id8, Id8 { value: 1 }),
    case!("id16", Id16, Id16 { value: 1 }, id_len: 2),
    case!("id16_little", Id16Little, Id16Little { value: 1 }, id_len: 2),
    case!("id16_ordered", Id16Ordered, Id16Ordered { value: 1 }, id_len: 2),
    case!("id32", Id32, Id32 { value: 1 }, id_len: 4),
    case!("id32_little", Id32Little, Id32Little { value: 1 }, id_len: 4),
    case!("id32_ordered", Id32Ordered, Id32Ordered { value: 1 }, id_len: 4),
    case!("id_constant", IdConstant, IdConstant { value: 1 }),
    case!("id_varint", IdVarint, IdVarint { value: 1 }, id_len: 2),
    case!(
        "id_varint_short",
        Varints,
        Varints::Short(IdVarintShort { value: 1 }),
        roots: &["Varints", "IdVarintShort", "IdVarint"]
    ),
    case!(
        "id_varint_long",
        Varints,
        Varints::Long(IdVarint { value: 1 }),
        id_len: 2,
        roots: &["Varints", "IdVarintShort", "IdVarint"]
    ),
];
