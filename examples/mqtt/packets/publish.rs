//! Packets that carry application messages, and acknowledge them.

use std::num::NonZeroU16;

use protocol_core::Message;

use super::{FixedHeader, Qos, is_topic_name};

/// 3.3 PUBLISH
#[derive(Message, Debug, Default, Clone, PartialEq, Eq)]
#[msg_type = 3]
#[wire(header = FixedHeader)]
pub(crate) struct Publish {
    /// 3.3.1.1 DUP: this may have been sent before.
    #[wire(header = dup)]
    pub(crate) dup: bool,
    /// 3.3.1.2 QoS
    #[wire(header = qos)]
    pub(crate) qos: Qos,
    /// 3.3.1.3 RETAIN
    #[wire(header = retain)]
    pub(crate) retain: bool,
    /// 3.3.2.1 Topic Name
    #[wire(len = u16, min = 1, check(is_topic_name(&topic), "a topic name holds no wildcard and no NUL"))]
    pub(crate) topic: String,
    /// 3.3.2.2 Packet Identifier: only with a QoS above 0 (MQTT-2.3.1-5).
    #[wire(if(qos > Qos::AtMostOnce))]
    pub(crate) packet_id: Option<NonZeroU16>,
    /// 3.3.3 Payload: what the applications make of it.
    #[wire(rest)]
    pub(crate) payload: Vec<u8>,
}

/// 3.4 PUBACK: the answer to QoS 1.
#[derive(Message, Debug, Clone, PartialEq, Eq)]
#[msg_type = 4]
#[wire(header = FixedHeader { dup: false, qos: Qos::AtMostOnce, retain: false })]
pub(crate) struct PubAck {
    pub(crate) packet_id: NonZeroU16,
}

/// 3.5 PUBREC: the answer to QoS 2.
#[derive(Message, Debug, Clone, PartialEq, Eq)]
#[msg_type = 5]
#[wire(header = FixedHeader { dup: false, qos: Qos::AtMostOnce, retain: false })]
pub(crate) struct PubRec {
    pub(crate) packet_id: NonZeroU16,
}

/// 3.6 PUBREL: the answer to PUBREC. Its flags are 0010 (MQTT-3.6.1-1).
#[derive(Message, Debug, Clone, PartialEq, Eq)]
#[msg_type = 6]
#[wire(header = FixedHeader { dup: false, qos: Qos::AtLeastOnce, retain: false })]
pub(crate) struct PubRel {
    pub(crate) packet_id: NonZeroU16,
}

/// 3.7 PUBCOMP: the answer to PUBREL.
#[derive(Message, Debug, Clone, PartialEq, Eq)]
#[msg_type = 7]
#[wire(header = FixedHeader { dup: false, qos: Qos::AtMostOnce, retain: false })]
pub(crate) struct PubComp {
    pub(crate) packet_id: NonZeroU16,
}
