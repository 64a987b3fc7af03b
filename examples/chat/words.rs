//! What users say to the room, and what the room says to users.

use protocol_core::{Message, Protocol};

#[derive(Message, Debug, Clone, PartialEq)]
#[msg_type = 1]
pub(crate) struct Join {
    #[wire(len = u8, min = 1, max = 32)]
    pub(crate) name: String,
}

#[derive(Message, Debug, Clone, PartialEq)]
#[msg_type = 2]
pub(crate) struct Say {
    #[wire(len = u16, max = 1024)]
    pub(crate) text: String,
}

/// Somebody came, or went.
#[derive(Message, Debug, Clone, PartialEq)]
#[msg_type = 3]
pub(crate) struct Came {
    #[wire(len = u8)]
    pub(crate) name: String,
}

#[derive(Message, Debug, Clone, PartialEq)]
#[msg_type = 4]
pub(crate) struct Left {
    #[wire(len = u8)]
    pub(crate) name: String,
}

#[derive(Message, Debug, Clone, PartialEq)]
#[msg_type = 5]
pub(crate) struct Said {
    #[wire(len = u8)]
    pub(crate) name: String,
    #[wire(len = u16)]
    pub(crate) text: String,
}

/// The name is taken, or was not given first.
#[derive(Message, Debug, Clone, PartialEq)]
#[msg_type = 6]
pub(crate) struct Refused {
    #[wire(len = u8)]
    pub(crate) why: String,
}

/// What a user says.
#[derive(Protocol, Debug, Clone, PartialEq)]
pub(crate) enum ToRoom {
    Join(Join),
    Say(Say),
}

/// What the room says.
#[derive(Protocol, Debug, Clone, PartialEq)]
pub(crate) enum ToUser {
    Came(Came),
    Left(Left),
    Said(Said),
    Refused(Refused),
}
