//! Packets that say which topics a client wants to hear of.

use std::num::NonZeroU16;

use protocol_core::{Message, Wire};

use super::{FixedHeader, Qos, is_text};

/// 3.8 SUBSCRIBE. Its flags are 0010 (MQTT-3.8.1-1).
#[derive(Message, Debug, Clone, PartialEq, Eq)]
#[msg_type = 8]
#[wire(header = FixedHeader { dup: false, qos: Qos::AtLeastOnce, retain: false })]
pub(crate) struct Subscribe {
    pub(crate) packet_id: NonZeroU16,
    /// 3.8.3 Payload: at least one (MQTT-3.8.3-3).
    #[wire(rest, min = 1)]
    pub(crate) subscriptions: Vec<Subscription>,
}

/// A Topic Filter and the most that is wanted of it.
#[derive(Wire, Debug, Clone, PartialEq, Eq)]
pub(crate) struct Subscription {
    #[wire(len = u16, min = 1, check(is_text(&filter), "text holds no NUL"))]
    pub(crate) filter: String,
    /// MQTT-3.8.3-4
    #[wire(bits = 6, reserved)]
    pub(crate) reserved: u8,
    #[wire(bits = 2)]
    pub(crate) qos: Qos,
}

/// 3.9 SUBACK
#[derive(Message, Debug, Clone, PartialEq, Eq)]
#[msg_type = 9]
#[wire(header = FixedHeader { dup: false, qos: Qos::AtMostOnce, retain: false })]
pub(crate) struct SubAck {
    pub(crate) packet_id: NonZeroU16,
    /// 3.9.3 Payload: one for each Topic Filter, in the order of the SUBSCRIBE.
    #[wire(rest, min = 1)]
    pub(crate) codes: Vec<SubscribeCode>,
}

/// What became of a subscription.
#[derive(Wire, Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SubscribeCode {
    AtMostOnce = 0x00,
    AtLeastOnce = 0x01,
    ExactlyOnce = 0x02,
    Failure = 0x80,
}

impl From<Qos> for SubscribeCode {
    fn from(qos: Qos) -> SubscribeCode {
        match qos {
            Qos::AtMostOnce => SubscribeCode::AtMostOnce,
            Qos::AtLeastOnce => SubscribeCode::AtLeastOnce,
            Qos::ExactlyOnce => SubscribeCode::ExactlyOnce,
        }
    }
}

/// 3.10 UNSUBSCRIBE. Its flags are 0010 (MQTT-3.10.1-1).
#[derive(Message, Debug, Clone, PartialEq, Eq)]
#[msg_type = 10]
#[wire(header = FixedHeader { dup: false, qos: Qos::AtLeastOnce, retain: false })]
pub(crate) struct Unsubscribe {
    pub(crate) packet_id: NonZeroU16,
    /// 3.10.3 Payload: at least one (MQTT-3.10.3-2).
    #[wire(rest, min = 1, item(len = u16, min = 1))]
    pub(crate) filters: Vec<String>,
}

/// 3.11 UNSUBACK
#[derive(Message, Debug, Clone, PartialEq, Eq)]
#[msg_type = 11]
#[wire(header = FixedHeader { dup: false, qos: Qos::AtMostOnce, retain: false })]
pub(crate) struct UnsubAck {
    pub(crate) packet_id: NonZeroU16,
}
