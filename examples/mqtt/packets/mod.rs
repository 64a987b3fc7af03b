//! The control packets of MQTT 3.1.1: <https://docs.oasis-open.org/mqtt/mqtt/v3.1.1/os/mqtt-v3.1.1-os.html>.
//! The sections and rules in the comments are those of that standard.
//!
//! ```text
//!     7   6   5   4   3   2   1   0
//!   +---------------+---+-------+---+
//! 0 | type          |dup| QoS   |ret|        2.2 fixed header
//!   +---------------+---+-------+---+
//! 1 | remaining length, 1 to 4 bytes|        2.2.3
//!   +-------------------------------+
//!   | body                          |
//! ```

mod connect;
mod publish;
mod subscribe;
mod topic;

pub(crate) use connect::*;
pub(crate) use publish::*;
pub(crate) use subscribe::*;
pub(crate) use topic::*;

use protocol_core::{Protocol, Varint, Wire};

/// 2.2 Fixed header.
#[derive(Wire, Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct FixedHeader {
    /// 2.2.1 MQTT Control Packet type.
    #[wire(role = id, bits = 4)]
    pub(crate) kind: u8,
    /// 2.2.2 Flags: only PUBLISH has a choice.
    #[wire(bits = 1)]
    pub(crate) dup: bool,
    #[wire(bits = 2)]
    pub(crate) qos: Qos,
    #[wire(bits = 1)]
    pub(crate) retain: bool,
    /// 2.2.3 Remaining Length.
    #[wire(role = len, range = Varint(0)..=Varint(268_435_455))]
    pub(crate) remaining: Varint<u32>,
}

/// 4.3 Quality of Service levels. Two bits could say 3, which is refused (MQTT-3.3.1-4).
#[derive(Wire, Debug, Default, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[expect(clippy::enum_variant_names, reason = "the names of the specification")]
pub(crate) enum Qos {
    #[default]
    AtMostOnce = 0,
    AtLeastOnce = 1,
    ExactlyOnce = 2,
}

/// 2.2.1: all packets, in either direction.
#[derive(Protocol, Debug, Clone, PartialEq)]
#[wire(header = FixedHeader)]
pub(crate) enum Packet {
    Connect(Connect),
    ConnAck(ConnAck),
    Publish(Publish),
    PubAck(PubAck),
    PubRec(PubRec),
    PubRel(PubRel),
    PubComp(PubComp),
    Subscribe(Subscribe),
    SubAck(SubAck),
    Unsubscribe(Unsubscribe),
    UnsubAck(UnsubAck),
    PingReq(PingReq),
    PingResp(PingResp),
    Disconnect(Disconnect),
}
