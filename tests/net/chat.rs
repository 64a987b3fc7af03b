//! The protocol of these tests: that of the article, owned and borrowed.

use protocol_core::{Message, Protocol};

#[derive(Message, Debug, Clone, PartialEq)]
#[msg_type = 1]
pub(crate) struct Login {
    #[wire(rest)]
    pub(crate) user: String,
}

#[derive(Message, Debug, Clone, PartialEq)]
#[msg_type = 3]
pub(crate) struct Data {
    #[wire(rest)]
    pub(crate) text: String,
}

/// A message that can refuse to be packed.
#[derive(Message, Debug, Clone, PartialEq)]
#[msg_type = 4]
pub(crate) struct Short {
    #[wire(rest, max = 2)]
    pub(crate) text: String,
}

#[derive(Protocol, Debug, Clone, PartialEq)]
pub(crate) enum Chat {
    Login(Login),
    Data(Data),
    Short(Short),
}

#[derive(Message, Debug, PartialEq)]
#[msg_type = 3]
pub(crate) struct Word<'a> {
    #[wire(rest)]
    pub(crate) text: &'a str,
}

/// The same wire, read without a copy.
#[derive(Protocol, Debug, PartialEq)]
pub(crate) enum Words<'a> {
    Word(Word<'a>),
}

/// A message of this text, as it is sent.
pub(crate) fn data(text: &str) -> Data {
    Data { text: text.into() }
}

/// A message of this text, as it is received.
pub(crate) fn said(text: &str) -> Chat {
    Chat::Data(data(text))
}

/// The bytes of a frame with a length of four bytes.
pub(crate) fn frame(message: &[u8]) -> Vec<u8> {
    let length = u32::try_from(message.len()).expect("a short message");
    [&length.to_be_bytes(), message].concat()
}
