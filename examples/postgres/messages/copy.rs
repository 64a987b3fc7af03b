//! The messages of COPY, which both sides send.

use protocol_core::Message;

use super::{CopyFormat, Format, Header};

/// 55.7 CopyData: a piece of the data, cut anywhere by a client, and at a row by a server.
#[derive(Message, Debug, Clone, PartialEq)]
#[msg_type = b'd']
#[wire(header = Header)]
pub(crate) struct CopyData {
    /// What COPY reads or writes; the protocol does not look inside.
    #[wire(rest)]
    pub(crate) data: Vec<u8>,
}

/// 55.7 CopyDone: that was all.
#[derive(Message, Debug, Clone, PartialEq)]
#[msg_type = b'c']
#[wire(header = Header)]
pub(crate) struct CopyDone;

/// 55.7 CopyFail (from the client): the rest will not come.
#[derive(Message, Debug, Clone, PartialEq)]
#[msg_type = b'f']
#[wire(header = Header)]
pub(crate) struct CopyFail {
    /// Why.
    #[wire(until = 0)]
    pub(crate) message: String,
}

/// 55.7 CopyInResponse (from the server): it waits for the data.
#[derive(Message, Debug, Clone, PartialEq)]
#[msg_type = b'G']
#[wire(header = Header)]
pub(crate) struct CopyInResponse {
    pub(crate) format: CopyFormat,
    /// The format of each column.
    #[wire(count = u16)]
    pub(crate) columns: Vec<Format>,
}

/// 55.7 CopyOutResponse (from the server): the data follow.
#[derive(Message, Debug, Clone, PartialEq)]
#[msg_type = b'H']
#[wire(header = Header)]
pub(crate) struct CopyOutResponse {
    pub(crate) format: CopyFormat,
    /// The format of each column.
    #[wire(count = u16)]
    pub(crate) columns: Vec<Format>,
}

/// 55.7 CopyBothResponse (from the server): data go both ways. Only for streaming replication.
#[derive(Message, Debug, Clone, PartialEq)]
#[msg_type = b'W']
#[wire(header = Header)]
pub(crate) struct CopyBothResponse {
    pub(crate) format: CopyFormat,
    /// The format of each column.
    #[wire(count = u16)]
    pub(crate) columns: Vec<Format>,
}
