//! What became of a request: 3.2 Response Status, and what goes with it.

use protocol_core::Wire;

/// 4.1: what was asked for, or the reason why it is not there.
#[derive(Wire, Debug, Clone, PartialEq, Eq)]
#[wire(tag = u16)]
pub(crate) enum Outcome<T> {
    #[wire(tag = 0x0000)]
    Done(T),
    #[wire(tag = 0x0001)]
    KeyNotFound(Reason),
    /// It is there already, or in another version than was meant.
    #[wire(tag = 0x0002)]
    KeyExists(Reason),
    #[wire(tag = 0x0003)]
    ValueTooLarge(Reason),
    #[wire(tag = 0x0004)]
    InvalidArguments(Reason),
    #[wire(tag = 0x0005)]
    ItemNotStored(Reason),
    /// What is to be counted up or down is no number.
    #[wire(tag = 0x0006)]
    NotANumber(Reason),
    #[wire(tag = 0x0007)]
    OtherServer(Reason),
    #[wire(tag = 0x0008)]
    AuthenticationError(Reason),
    #[wire(tag = 0x0009)]
    AuthenticationContinues(Reason),
    #[wire(tag = 0x0081)]
    UnknownCommand(Reason),
    #[wire(tag = 0x0082)]
    OutOfMemory(Reason),
    #[wire(tag = 0x0083)]
    NotSupported(Reason),
    #[wire(tag = 0x0084)]
    InternalError(Reason),
    #[wire(tag = 0x0085)]
    Busy(Reason),
    #[wire(tag = 0x0086)]
    TemporaryFailure(Reason),
    #[wire(unknown)]
    Other(u16, Reason),
}

/// 4.1: what the server says of an error. It may say nothing.
#[derive(Wire, Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Reason {
    #[wire(rest)]
    pub(crate) text: String,
}

impl<T> Outcome<T> {
    /// What was asked for, or an error that says why it is not there.
    pub(crate) fn done(self) -> Result<T, String> {
        let (status, reason) = match self {
            Outcome::Done(it) => return Ok(it),
            Outcome::KeyNotFound(reason) => ("the key is not found", reason),
            Outcome::KeyExists(reason) => ("the key exists", reason),
            Outcome::ValueTooLarge(reason) => ("the value is too large", reason),
            Outcome::InvalidArguments(reason) => ("the arguments are invalid", reason),
            Outcome::ItemNotStored(reason) => ("the item is not stored", reason),
            Outcome::NotANumber(reason) => ("the value is no number", reason),
            Outcome::OtherServer(reason) => ("the key belongs to another server", reason),
            Outcome::AuthenticationError(reason) => ("the login is refused", reason),
            Outcome::AuthenticationContinues(reason) => ("the login is not complete", reason),
            Outcome::UnknownCommand(reason) => ("the command is unknown", reason),
            Outcome::OutOfMemory(reason) => ("the server is out of memory", reason),
            Outcome::NotSupported(reason) => ("the command is not supported", reason),
            Outcome::InternalError(reason) => ("the server has an internal error", reason),
            Outcome::Busy(reason) => ("the server is busy", reason),
            Outcome::TemporaryFailure(reason) => ("the server fails for now", reason),
            Outcome::Other(_, reason) => ("the server fails with an unknown status", reason),
        };
        Err(format!("{status}: {}", reason.text.escape_debug()))
    }
}
