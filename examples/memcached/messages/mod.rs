//! The messages of memcached's binary protocol, as its document lists them:
//! <https://github.com/memcached/memcached/wiki/BinaryProtocolRevamped>. The sections in the comments are those of
//! the draft that it comes from, draft-stone-memcache-binary-01.
//!
//! ```text
//!   0      1       2           4           5      6          8            12       16       24
//!   +------+-------+-----------+-----------+------+----------+------------+--------+--------+--------+-----+-------
//!   | 0x80 | opcode| length of | length of | 0    | 0        | length of  | opaque | CAS    | extras | key | value
//!   | 0x81 |       | the key   | the extras|      | status   | all three  |        |        |        |     |
//!   +------+-------+-----------+-----------+------+----------+------------+--------+--------+--------+-----+-------
//! ```
//!
//! The same opcode is a request from a client and a response from the server, so there are two protocols. What a
//! response holds follows from the status in its header.

/// Messages of one shape: their fields, what their header says of those, and the opcode of each.
macro_rules! messages {
    (
        fields: $fields:tt, header: $header:ident $constants:tt,
        $($(#[$doc:meta])* $name:ident = $opcode:literal,)+
    ) => {$(
        $(#[$doc])*
        #[derive(Message, Debug, Clone, PartialEq, Eq)]
        #[msg_type = $opcode]
        #[wire(header = $header $constants)]
        pub(crate) struct $name $fields
    )+};
}

pub(crate) mod request;
pub(crate) mod response;
pub(crate) mod status;

pub(crate) use request::Request;
pub(crate) use response::Response;

use protocol_core::Wire;

/// 2. Packet Structure: before every request.
#[derive(Wire, Debug, Default, Clone, PartialEq, Eq)]
#[wire(magic = b"\x80")]
pub(crate) struct RequestHeader {
    /// 3.3 Command Opcodes
    #[wire(role = id)]
    pub(crate) opcode: u8,
    pub(crate) key_len: u16,
    pub(crate) extras_len: u8,
    /// 3.4 Data Types: raw bytes.
    #[wire(reserved)]
    pub(crate) data_type: u8,
    #[wire(reserved)]
    pub(crate) vbucket: u16,
    /// Extras, key and value.
    #[wire(role = len)]
    pub(crate) body_len: u32,
    /// The response has the same.
    #[wire(role = correlation)]
    pub(crate) opaque: u32,
    /// The version of the item that is meant; 0 for any.
    pub(crate) cas: u64,
}

/// 2. Packet Structure: before every response.
#[derive(Wire, Debug, Default, Clone, PartialEq, Eq)]
#[wire(magic = b"\x81")]
pub(crate) struct ResponseHeader {
    #[wire(role = id)]
    pub(crate) opcode: u8,
    pub(crate) key_len: u16,
    pub(crate) extras_len: u8,
    #[wire(reserved)]
    pub(crate) data_type: u8,
    /// 3.2 Response Status: an [`Outcome`](status::Outcome).
    pub(crate) status: u16,
    #[wire(role = len)]
    pub(crate) body_len: u32,
    #[wire(role = correlation)]
    pub(crate) opaque: u32,
    /// The version of the item, which a later request may ask for.
    pub(crate) cas: u64,
}
