//! Packets that begin a session, keep it, and end it.

use protocol_core::{Message, Wire};

use super::{FixedHeader, Qos, is_text, is_topic_name};

/// 3.1 CONNECT
#[derive(Message, Debug, Default, Clone, PartialEq, Eq)]
#[msg_type = 1]
#[wire(header = FixedHeader { dup: false, qos: Qos::AtMostOnce, retain: false })]
// 3.1.2.1 Protocol Name
#[wire(magic = b"\x00\x04MQTT")]
pub(crate) struct Connect {
    /// 3.1.2.2 Protocol Level: 4 is version 3.1.1.
    pub(crate) level: u8,
    /// 3.1.2.3 Connect Flags: this one follows from the user name, and so on.
    #[wire(bits = 1)]
    pub(crate) has_user_name: bool,
    /// MQTT-3.1.2-22
    #[wire(bits = 1, check(has_user_name || !has_password, "a password needs a user name"))]
    pub(crate) has_password: bool,
    #[wire(bits = 1)]
    pub(crate) will_retain: bool,
    #[wire(bits = 2)]
    pub(crate) will_qos: Qos,
    /// MQTT-3.1.2-13, MQTT-3.1.2-15
    #[wire(bits = 1, check(
        has_will || !(will_retain || will_qos > Qos::AtMostOnce),
        "without a will its flags are zero",
    ))]
    pub(crate) has_will: bool,
    #[wire(bits = 1)]
    pub(crate) clean_session: bool,
    /// MQTT-3.1.2-3
    #[wire(bits = 1, reserved)]
    pub(crate) reserved: bool,
    /// 3.1.2.10 Keep Alive: in seconds, 0 for never.
    pub(crate) keep_alive: u16,
    /// 3.1.3.1 Client Identifier: empty if the server is to make one up.
    #[wire(len = u16, check(is_text(&client_id), "text holds no NUL"))]
    pub(crate) client_id: String,
    #[wire(if(has_will))]
    pub(crate) will: Option<Will>,
    /// 3.1.3.4 User Name
    #[wire(if(has_user_name), len = u16)]
    pub(crate) user_name: Option<String>,
    /// 3.1.3.5 Password
    #[wire(if(has_password), len = u16, secret)]
    pub(crate) password: Option<Vec<u8>>,
}

impl Connect {
    /// The protocol level of version 3.1.1.
    pub(crate) const LEVEL: u8 = 4;
}

/// What the server publishes for a client that is lost.
#[derive(Wire, Debug, Clone, PartialEq, Eq)]
pub(crate) struct Will {
    /// 3.1.3.2 Will Topic
    #[wire(len = u16, min = 1, check(is_topic_name(&topic), "a topic name holds no wildcard and no NUL"))]
    pub(crate) topic: String,
    /// 3.1.3.3 Will Message
    #[wire(len = u16)]
    pub(crate) message: Vec<u8>,
}

/// 3.2 CONNACK
#[derive(Message, Debug, Clone, PartialEq, Eq)]
#[msg_type = 2]
#[wire(header = FixedHeader { dup: false, qos: Qos::AtMostOnce, retain: false })]
pub(crate) struct ConnAck {
    /// 3.2.2.1 Connect Acknowledge Flags
    #[wire(bits = 7, reserved)]
    pub(crate) reserved: u8,
    /// 3.2.2.2 Session Present
    #[wire(bits = 1)]
    pub(crate) session_present: bool,
    /// MQTT-3.2.2-4
    #[wire(check(
        !session_present || code == ConnectCode::Accepted,
        "no session is present if the connection is refused",
    ))]
    pub(crate) code: ConnectCode,
}

/// 3.2.2.3 Connect Return code
#[derive(Wire, Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ConnectCode {
    Accepted = 0,
    UnacceptableProtocolVersion = 1,
    IdentifierRejected = 2,
    ServerUnavailable = 3,
    BadUserNameOrPassword = 4,
    NotAuthorized = 5,
}

/// 3.12 PINGREQ
#[derive(Message, Debug, Clone, PartialEq, Eq)]
#[msg_type = 12]
#[wire(header = FixedHeader { dup: false, qos: Qos::AtMostOnce, retain: false })]
pub(crate) struct PingReq;

/// 3.13 PINGRESP
#[derive(Message, Debug, Clone, PartialEq, Eq)]
#[msg_type = 13]
#[wire(header = FixedHeader { dup: false, qos: Qos::AtMostOnce, retain: false })]
pub(crate) struct PingResp;

/// 3.14 DISCONNECT
#[derive(Message, Debug, Clone, PartialEq, Eq)]
#[msg_type = 14]
#[wire(header = FixedHeader { dup: false, qos: Qos::AtMostOnce, retain: false })]
pub(crate) struct Disconnect;
