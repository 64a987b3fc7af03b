//! What only a client sends.

use protocol_core::Message;

use super::{Format, Header, Target, Value};

/// 55.7 Bind: makes a portal of a prepared statement and the values of its parameters.
#[derive(Message, Debug, Clone, PartialEq)]
#[msg_type = b'B']
#[wire(header = Header)]
pub(crate) struct Bind {
    /// Empty for the unnamed portal.
    #[wire(until = 0)]
    pub(crate) portal: String,
    /// Empty for the unnamed statement.
    #[wire(until = 0)]
    pub(crate) statement: String,
    /// None: all parameters are text; one: it is that of all; otherwise one for each.
    #[wire(count = u16)]
    pub(crate) formats: Vec<Format>,
    #[wire(count = u16)]
    pub(crate) parameters: Vec<Value>,
    /// The formats of the columns of the result, as for the parameters.
    #[wire(count = u16)]
    pub(crate) result_formats: Vec<Format>,
}

/// 55.7 Close: forgets a statement or a portal.
#[derive(Message, Debug, Clone, PartialEq)]
#[msg_type = b'C']
#[wire(header = Header)]
pub(crate) struct Close {
    pub(crate) target: Target,
    #[wire(until = 0)]
    pub(crate) name: String,
}

/// 55.7 Describe: asks what a statement takes and gives, or what a portal gives.
#[derive(Message, Debug, Clone, PartialEq)]
#[msg_type = b'D']
#[wire(header = Header)]
pub(crate) struct Describe {
    pub(crate) target: Target,
    #[wire(until = 0)]
    pub(crate) name: String,
}

/// 55.7 Execute: runs a portal.
#[derive(Message, Debug, Clone, PartialEq)]
#[msg_type = b'E']
#[wire(header = Header)]
pub(crate) struct Execute {
    #[wire(until = 0)]
    pub(crate) portal: String,
    /// 0 for all of them.
    pub(crate) rows_max: u32,
}

/// 55.7 Flush: asks for what the server holds back.
#[derive(Message, Debug, Clone, PartialEq)]
#[msg_type = b'H']
#[wire(header = Header)]
pub(crate) struct Flush;

/// 55.7 FunctionCall: calls a function by its object ID. A thing of the past.
#[derive(Message, Debug, Clone, PartialEq)]
#[msg_type = b'F']
#[wire(header = Header)]
pub(crate) struct FunctionCall {
    pub(crate) function: u32,
    /// The formats of the arguments, as in [`Bind`].
    #[wire(count = u16)]
    pub(crate) formats: Vec<Format>,
    #[wire(count = u16)]
    pub(crate) arguments: Vec<Value>,
    pub(crate) result_format: Format,
}

/// 55.7 GSSResponse: the answer of GSSAPI or SSPI.
#[derive(Message, Debug, Clone, PartialEq)]
#[msg_type = b'p']
#[wire(header = Header)]
pub(crate) struct GssResponse {
    /// A token of the mechanism.
    #[wire(rest, secret)]
    pub(crate) data: Vec<u8>,
}

/// 55.7 Parse: prepares a statement.
#[derive(Message, Debug, Clone, PartialEq)]
#[msg_type = b'P']
#[wire(header = Header)]
pub(crate) struct Parse {
    #[wire(until = 0)]
    pub(crate) statement: String,
    #[wire(until = 0)]
    pub(crate) query: String,
    /// The object IDs of the parameters' types; 0 for one that is not said.
    #[wire(count = u16)]
    pub(crate) types: Vec<u32>,
}

/// 55.7 PasswordMessage: a password in the clear, or hashed by MD5.
#[derive(Message, Debug, Clone, PartialEq)]
#[msg_type = b'p']
#[wire(header = Header)]
pub(crate) struct PasswordMessage {
    #[wire(until = 0, secret)]
    pub(crate) password: String,
}

/// 55.7 Query: runs statements, and gives what they give as text.
#[derive(Message, Debug, Clone, PartialEq)]
#[msg_type = b'Q']
#[wire(header = Header)]
pub(crate) struct Query {
    #[wire(until = 0)]
    pub(crate) query: String,
}

/// 55.7 SASLInitialResponse: chooses a mechanism and opens its talk.
#[derive(Message, Debug, Clone, PartialEq)]
#[msg_type = b'p']
#[wire(header = Header)]
pub(crate) struct SaslInitialResponse {
    #[wire(until = 0)]
    pub(crate) mechanism: String,
    /// The mechanism's first message, if it begins with the client.
    pub(crate) response: Value,
}

/// 55.7 SASLResponse: goes on with the talk of the mechanism.
#[derive(Message, Debug, Clone, PartialEq)]
#[msg_type = b'p']
#[wire(header = Header)]
pub(crate) struct SaslResponse {
    /// The mechanism's next message.
    #[wire(rest)]
    pub(crate) data: Vec<u8>,
}

/// 55.7 Sync: ends a piece of the extended query flow.
#[derive(Message, Debug, Clone, PartialEq)]
#[msg_type = b'S']
#[wire(header = Header)]
pub(crate) struct Sync;

/// 55.7 Terminate: good-bye.
#[derive(Message, Debug, Clone, PartialEq)]
#[msg_type = b'X']
#[wire(header = Header)]
pub(crate) struct Terminate;
