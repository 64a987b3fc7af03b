//! Protocols: enums of messages, with unknown messages kept or refused, borrowed, boxed, and with
//! wide numbers.

use protocol_core::{Message, Protocol, Unknown};

use crate::case::{Case, End, case};

#[derive(Message, Debug, Clone, PartialEq)]
#[msg_type = 1]
pub(crate) struct Login {
    #[wire(rest)]
    pub(crate) user: String,
}

#[derive(Message, Debug, Clone, PartialEq)]
#[msg_type = 2]
pub(crate) struct Logout;

#[derive(Message, Debug, Clone, PartialEq)]
#[msg_type = 3]
pub(crate) struct Data {
    pub(crate) text: String,
}

#[derive(Protocol, Debug, Clone, PartialEq)]
pub(crate) enum Chat {
    Login(Login),
    Logout(Logout),
    Data(Data),
    #[wire(unknown)]
    Other(Unknown),
}

#[derive(Protocol, Debug, Clone, PartialEq)]
#[wire(reserved(4..=9, 0xff))]
pub(crate) enum Strict {
    Login(Login),
    Data(Box<Data>),
}

#[derive(Message, Debug, Clone, Copy, PartialEq)]
#[msg_type = 4]
pub(crate) struct Line<'a> {
    #[wire(rest)]
    pub(crate) text: &'a str,
}

#[derive(Protocol, Debug, Clone, PartialEq)]
pub(crate) enum Heard<'a> {
    Line(Line<'a>),
    Logout(Logout),
}

#[derive(Message, Debug, Clone, PartialEq)]
#[msg_type = 0x0101]
#[wire(id = u16)]
pub(crate) struct Open {
    pub(crate) port: u16,
}

#[derive(Protocol, Debug, Clone, PartialEq)]
#[wire(id = u16)]
pub(crate) enum Wide {
    Open(Open),
    #[wire(unknown)]
    Other(Unknown),
}

#[derive(Message, Debug, Clone, PartialEq)]
#[msg_type = 0x0001_0002]
#[wire(id = u32, endian = little)]
pub(crate) struct Read {
    pub(crate) register: u32,
}

#[derive(Protocol, Debug, Clone, PartialEq)]
#[wire(id = u32, endian = little)]
pub(crate) enum Device {
    Read(Read),
}

/// What an error of `Chat` may begin with: damage can make another message of it.
const CHAT: &[&str] = &["Chat", "Login", "Logout", "Data"];

pub(crate) const CASES: &[Case] = &[
    case!(
        "chat_login",
        Chat,
        Chat::Login(Login { user: "ann".into() }),
        end: End::Open,
        roots: CHAT
    ),
    case!("chat_logout", Chat, Chat::Logout(Logout), roots: CHAT),
    case!(
        "chat_data",
        Chat,
        Chat::Data(Data { text: "hello".into() }),
        roots: CHAT
    ),
    case!(
        "chat_unknown",
        Chat,
        Chat::Other(Unknown::new(9, b"\0later".to_vec())),
        end: End::Open,
        roots: CHAT
    ),
    case!(
        "strict_data",
        Strict,
        Strict::Data(Box::new(Data { text: "hello".into() })),
        roots: &["Strict", "Login", "Data"]
    ),
    case!(
        "heard",
        Heard<'_>,
        Heard::Line(Line { text: "hi" }),
        end: End::Open,
        roots: &["Heard", "Line", "Logout"]
    ),
    case!(
        "wide_open",
        Wide,
        Wide::Open(Open { port: 5 }),
        id_len: 2,
        roots: &["Wide", "Open"]
    ),
    case!(
        "wide_unknown",
        Wide,
        Wide::Other(Unknown::new(0x0909, vec![1])),
        end: End::Open,
        id_len: 2,
        roots: &["Wide", "Open"]
    ),
    case!(
        "device_read",
        Device,
        Device::Read(Read { register: 6 }),
        id_len: 4,
        roots: &["Device", "Read"]
    ),
];
