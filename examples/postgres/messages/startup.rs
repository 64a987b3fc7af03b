//! What opens a connection: these messages have no letter, and are told apart by a number behind the length.

use protocol_core::{Message, Wire};

/// ```text
///   0                                   4                                   8
///   +--------+--------+--------+--------+--------+--------+--------+--------+----------
///   | length of everything, u32         | what this is: a version, or a     | body
///   |                                   | number that is no version, u32    |
///   +--------+--------+--------+--------+--------+--------+--------+--------+----------
/// ```
#[derive(Wire, Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct StartupHeader {
    #[wire(role = len, of = frame)]
    pub(crate) length: u32,
    #[wire(role = id)]
    pub(crate) code: u32,
}

/// 55.7 CancelRequest: asks the server, over a connection of its own, to stop a query.
#[derive(Message, Debug, Clone, PartialEq)]
#[msg_type = 80877102]
#[wire(header = StartupHeader, id = u32)]
pub(crate) struct CancelRequest {
    pub(crate) process: u32,
    /// What [`BackendKeyData`](super::BackendKeyData) told.
    #[wire(secret)]
    pub(crate) secret: u32,
}

/// 55.7 GSSENCRequest: asks for encryption by GSSAPI. The answer is one byte, `G` or `N`.
#[derive(Message, Debug, Clone, PartialEq)]
#[msg_type = 80877104]
#[wire(header = StartupHeader, id = u32)]
pub(crate) struct GssEncRequest;

/// 55.7 SSLRequest: asks for TLS. The answer is one byte, `S` or `N`.
#[derive(Message, Debug, Clone, PartialEq)]
#[msg_type = 80877103]
#[wire(header = StartupHeader, id = u32)]
pub(crate) struct SslRequest;

/// 55.7 StartupMessage: the version in its header is 3.0.
#[derive(Message, Debug, Clone, PartialEq)]
#[msg_type = 196608]
#[wire(header = StartupHeader, id = u32)]
pub(crate) struct StartupMessage {
    /// `user` and whatever else is to be set, up to a zero byte.
    #[wire(until = 0)]
    pub(crate) parameters: Vec<Parameter>,
}

/// One parameter of the session.
#[derive(Wire, Debug, Clone, PartialEq, Eq)]
pub(crate) struct Parameter {
    #[wire(until = 0, min = 1)]
    pub(crate) name: String,
    #[wire(until = 0)]
    pub(crate) value: String,
}

impl Parameter {
    pub(crate) fn new(name: &str, value: &str) -> Parameter {
        Parameter { name: name.into(), value: value.into() }
    }
}
