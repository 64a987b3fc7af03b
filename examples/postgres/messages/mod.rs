//! The messages of PostgreSQL's protocol, version 3.0, as sections 55.7 and 55.8 of the documentation of
//! PostgreSQL 15 list them: <https://www.postgresql.org/docs/15/protocol-message-formats.html>.
//!
//! ```text
//!   0        1                                   5
//!   +--------+--------+--------+--------+--------+----------
//!   | type,  | length of itself and the body,    | body
//!   | ASCII  | u32                               |
//!   +--------+--------+--------+--------+--------+----------
//! ```
//!
//! A letter means one thing from the client and another from the server (`D` is Describe there and DataRow
//! here), so there are two protocols. What opens a connection has no letter, and is a third one.

mod backend;
mod copy;
mod frontend;
mod startup;
mod values;

pub(crate) use backend::*;
pub(crate) use copy::*;
pub(crate) use frontend::*;
pub(crate) use startup::*;
pub(crate) use values::*;

use protocol_core::{Protocol, Wire};

/// What stands before every message once a connection is opened.
#[derive(Wire, Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Header {
    #[wire(role = id)]
    pub(crate) kind: u8,
    /// The length counts itself, but not the letter.
    #[wire(role = len, of = body + 4)]
    pub(crate) length: u32,
}

/// What a client sends.
///
/// Four messages have the letter `p`; which one it is follows from what the server had asked for. So this
/// protocol can be sent, and not be received without knowing the state.
#[derive(Protocol, Debug, Clone, PartialEq)]
#[wire(header = Header, duplicate_ids)]
pub(crate) enum Frontend {
    Bind(Bind),
    Close(Close),
    CopyData(CopyData),
    CopyDone(CopyDone),
    CopyFail(CopyFail),
    Describe(Describe),
    Execute(Execute),
    Flush(Flush),
    FunctionCall(FunctionCall),
    GssResponse(GssResponse),
    Parse(Parse),
    PasswordMessage(PasswordMessage),
    Query(Query),
    SaslInitialResponse(SaslInitialResponse),
    SaslResponse(SaslResponse),
    Sync(Sync),
    Terminate(Terminate),
}

/// What a server sends.
#[derive(Protocol, Debug, Clone, PartialEq)]
#[wire(header = Header)]
pub(crate) enum Backend {
    Authentication(Authentication),
    BackendKeyData(BackendKeyData),
    BindComplete(BindComplete),
    CloseComplete(CloseComplete),
    CommandComplete(CommandComplete),
    CopyBothResponse(CopyBothResponse),
    CopyData(CopyData),
    CopyDone(CopyDone),
    CopyInResponse(CopyInResponse),
    CopyOutResponse(CopyOutResponse),
    DataRow(DataRow),
    EmptyQueryResponse(EmptyQueryResponse),
    ErrorResponse(ErrorResponse),
    FunctionCallResponse(FunctionCallResponse),
    NegotiateProtocolVersion(NegotiateProtocolVersion),
    NoData(NoData),
    NoticeResponse(NoticeResponse),
    NotificationResponse(NotificationResponse),
    ParameterDescription(ParameterDescription),
    ParameterStatus(ParameterStatus),
    ParseComplete(ParseComplete),
    PortalSuspended(PortalSuspended),
    ReadyForQuery(ReadyForQuery),
    RowDescription(RowDescription),
}

/// What a client opens a connection with.
#[derive(Protocol, Debug, Clone, PartialEq)]
#[wire(header = StartupHeader)]
pub(crate) enum Startup {
    CancelRequest(CancelRequest),
    GssEncRequest(GssEncRequest),
    SslRequest(SslRequest),
    StartupMessage(StartupMessage),
}
