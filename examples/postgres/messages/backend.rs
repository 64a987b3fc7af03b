//! What only a server sends.

use protocol_core::{Message, Wire};

use super::{Format, Header, Value};

/// 55.7 Authentication…: how to log in, what to say next, or that all is well.
#[derive(Message, Debug, Clone, PartialEq)]
#[msg_type = b'R']
#[wire(header = Header)]
pub(crate) struct Authentication {
    pub(crate) request: AuthenticationRequest,
}

/// The messages of the page that are named Authentication…
#[derive(Wire, Debug, Clone, PartialEq)]
#[wire(tag = u32)]
pub(crate) enum AuthenticationRequest {
    /// 55.7 AuthenticationOk
    #[wire(tag = 0)]
    Ok,
    /// 55.7 AuthenticationKerberosV5
    #[wire(tag = 2)]
    KerberosV5,
    /// 55.7 AuthenticationCleartextPassword
    #[wire(tag = 3)]
    CleartextPassword,
    /// 55.7 AuthenticationMD5Password
    #[wire(tag = 5)]
    Md5Password { salt: [u8; 4] },
    /// 55.7 AuthenticationSCMCredential
    #[wire(tag = 6)]
    ScmCredential,
    /// 55.7 AuthenticationGSS
    #[wire(tag = 7)]
    Gss,
    /// 55.7 AuthenticationGSSContinue
    #[wire(tag = 8)]
    GssContinue {
        #[wire(rest)]
        data: Vec<u8>,
    },
    /// 55.7 AuthenticationSSPI
    #[wire(tag = 9)]
    Sspi,
    /// 55.7 AuthenticationSASL: the mechanisms, the best first, up to an empty name.
    #[wire(tag = 10)]
    Sasl {
        #[wire(until = 0, item(until = 0))]
        mechanisms: Vec<String>,
    },
    /// 55.7 AuthenticationSASLContinue
    #[wire(tag = 11)]
    SaslContinue {
        /// The mechanism's next message.
        #[wire(rest)]
        data: Vec<u8>,
    },
    /// 55.7 AuthenticationSASLFinal
    #[wire(tag = 12)]
    SaslFinal {
        /// The mechanism's last message.
        #[wire(rest)]
        data: Vec<u8>,
    },
}

/// 55.7 BackendKeyData: what a [`CancelRequest`](super::CancelRequest) must name.
#[derive(Message, Debug, Clone, PartialEq)]
#[msg_type = b'K']
#[wire(header = Header)]
pub(crate) struct BackendKeyData {
    pub(crate) process: u32,
    #[wire(secret)]
    pub(crate) secret: u32,
}

/// 55.7 BindComplete
#[derive(Message, Debug, Clone, PartialEq)]
#[msg_type = b'2']
#[wire(header = Header)]
pub(crate) struct BindComplete;

/// 55.7 CloseComplete
#[derive(Message, Debug, Clone, PartialEq)]
#[msg_type = b'3']
#[wire(header = Header)]
pub(crate) struct CloseComplete;

/// 55.7 CommandComplete
#[derive(Message, Debug, Clone, PartialEq)]
#[msg_type = b'C']
#[wire(header = Header)]
pub(crate) struct CommandComplete {
    /// Which command, and usually of how many rows: `SELECT 3`, `INSERT 0 1`.
    #[wire(until = 0)]
    pub(crate) tag: String,
}

/// 55.7 DataRow: one row of a result.
#[derive(Message, Debug, Clone, PartialEq)]
#[msg_type = b'D']
#[wire(header = Header)]
pub(crate) struct DataRow {
    #[wire(count = u16)]
    pub(crate) columns: Vec<Value>,
}

/// 55.7 EmptyQueryResponse: there was no statement in the query.
#[derive(Message, Debug, Clone, PartialEq)]
#[msg_type = b'I']
#[wire(header = Header)]
pub(crate) struct EmptyQueryResponse;

/// 55.7 ErrorResponse
#[derive(Message, Debug, Clone, PartialEq)]
#[msg_type = b'E']
#[wire(header = Header)]
pub(crate) struct ErrorResponse {
    #[wire(until = 0)]
    pub(crate) fields: Vec<ErrorField>,
}

/// 55.7 NoticeResponse
#[derive(Message, Debug, Clone, PartialEq)]
#[msg_type = b'N']
#[wire(header = Header)]
pub(crate) struct NoticeResponse {
    #[wire(until = 0)]
    pub(crate) fields: Vec<ErrorField>,
}

/// 55.8 Error and Notice Message Fields. What a client does not know it passes over.
#[derive(Wire, Debug, Clone, PartialEq, Eq)]
#[wire(tag = u8)]
pub(crate) enum ErrorField {
    /// In the language of the server.
    #[wire(tag = b'S')]
    LocalizedSeverity(#[wire(until = 0)] String),
    /// `ERROR`, `FATAL`, `WARNING` …
    #[wire(tag = b'V')]
    Severity(#[wire(until = 0)] String),
    /// The SQLSTATE.
    #[wire(tag = b'C')]
    Code(#[wire(until = 0)] String),
    #[wire(tag = b'M')]
    Message(#[wire(until = 0)] String),
    #[wire(tag = b'D')]
    Detail(#[wire(until = 0)] String),
    #[wire(tag = b'H')]
    Hint(#[wire(until = 0)] String),
    /// Where in the query, in characters from 1, in decimal.
    #[wire(tag = b'P')]
    Position(#[wire(until = 0)] String),
    /// The same in a query that the server made.
    #[wire(tag = b'p')]
    InternalPosition(#[wire(until = 0)] String),
    #[wire(tag = b'q')]
    InternalQuery(#[wire(until = 0)] String),
    /// In which functions, one a line.
    #[wire(tag = b'W')]
    Where(#[wire(until = 0)] String),
    #[wire(tag = b's')]
    Schema(#[wire(until = 0)] String),
    #[wire(tag = b't')]
    Table(#[wire(until = 0)] String),
    #[wire(tag = b'c')]
    Column(#[wire(until = 0)] String),
    #[wire(tag = b'd')]
    DataType(#[wire(until = 0)] String),
    #[wire(tag = b'n')]
    Constraint(#[wire(until = 0)] String),
    /// Of the server's source.
    #[wire(tag = b'F')]
    File(#[wire(until = 0)] String),
    #[wire(tag = b'L')]
    Line(#[wire(until = 0)] String),
    #[wire(tag = b'R')]
    Routine(#[wire(until = 0)] String),
    #[wire(unknown)]
    Other(u8, #[wire(until = 0)] String),
}

/// 55.7 FunctionCallResponse
#[derive(Message, Debug, Clone, PartialEq)]
#[msg_type = b'V']
#[wire(header = Header)]
pub(crate) struct FunctionCallResponse {
    pub(crate) result: Value,
}

/// 55.7 NegotiateProtocolVersion: the server speaks an older version than it was asked for.
#[derive(Message, Debug, Clone, PartialEq)]
#[msg_type = b'v']
#[wire(header = Header)]
pub(crate) struct NegotiateProtocolVersion {
    /// The newest version of the major one that was asked for. (The page says "minor version"; PostgreSQL 15
    /// sends both numbers, in 16 bits each.)
    pub(crate) version: u32,
    /// The options that the server does not know.
    #[wire(count = u32, item(until = 0))]
    pub(crate) options: Vec<String>,
}

/// 55.7 NoData: the statement gives no rows.
#[derive(Message, Debug, Clone, PartialEq)]
#[msg_type = b'n']
#[wire(header = Header)]
pub(crate) struct NoData;

/// 55.7 NotificationResponse: somebody said `NOTIFY channel, 'payload'`.
#[derive(Message, Debug, Clone, PartialEq)]
#[msg_type = b'A']
#[wire(header = Header)]
pub(crate) struct NotificationResponse {
    pub(crate) process: u32,
    #[wire(until = 0)]
    pub(crate) channel: String,
    #[wire(until = 0)]
    pub(crate) payload: String,
}

/// 55.7 ParameterDescription
#[derive(Message, Debug, Clone, PartialEq)]
#[msg_type = b't']
#[wire(header = Header)]
pub(crate) struct ParameterDescription {
    /// The object IDs of the parameters' types.
    #[wire(count = u16)]
    pub(crate) types: Vec<u32>,
}

/// 55.7 ParameterStatus: a setting that a client should know, and its value from now on.
#[derive(Message, Debug, Clone, PartialEq)]
#[msg_type = b'S']
#[wire(header = Header)]
pub(crate) struct ParameterStatus {
    #[wire(until = 0)]
    pub(crate) name: String,
    #[wire(until = 0)]
    pub(crate) value: String,
}

/// 55.7 ParseComplete
#[derive(Message, Debug, Clone, PartialEq)]
#[msg_type = b'1']
#[wire(header = Header)]
pub(crate) struct ParseComplete;

/// 55.7 PortalSuspended: there are more rows than Execute wanted.
#[derive(Message, Debug, Clone, PartialEq)]
#[msg_type = b's']
#[wire(header = Header)]
pub(crate) struct PortalSuspended;

/// 55.7 ReadyForQuery
#[derive(Message, Debug, Clone, PartialEq)]
#[msg_type = b'Z']
#[wire(header = Header)]
pub(crate) struct ReadyForQuery {
    pub(crate) status: Status,
}

/// Where a session stands.
#[derive(Wire, Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Status {
    Idle = b'I',
    InTransaction = b'T',
    /// All is refused until the transaction ends.
    InFailedTransaction = b'E',
}

/// 55.7 RowDescription: what the rows that follow consist of.
#[derive(Message, Debug, Clone, PartialEq)]
#[msg_type = b'T']
#[wire(header = Header)]
pub(crate) struct RowDescription {
    #[wire(count = u16)]
    pub(crate) columns: Vec<Column>,
}

/// A column of a result.
#[derive(Wire, Debug, Clone, PartialEq, Eq)]
pub(crate) struct Column {
    #[wire(until = 0)]
    pub(crate) name: String,
    /// The object ID of the table that it comes from; 0 if it is computed.
    pub(crate) table: u32,
    /// Its number in that table, or 0.
    pub(crate) number: i16,
    /// The object ID of its type.
    pub(crate) data_type: u32,
    /// How many bytes its values take; negative if that varies.
    pub(crate) size: i16,
    /// What it means depends on the type.
    pub(crate) modifier: i32,
    pub(crate) format: Format,
}
