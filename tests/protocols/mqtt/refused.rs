//! What the standard forbids, and the error that names the place.

use protocol_core::Pack;

use super::packets::*;
use crate::damage::refuses;

#[test]
fn headers_that_the_standard_forbids() {
    refuses_each(&[
        // MQTT-3.3.1-4: QoS 3
        (
            b"\x36\x05\x00\x03a/b",
            "Packet.header.qos at byte 0: no variant has the tag 3 (at 36 05 00 03 61 2f 62)",
        ),
        // MQTT-3.6.1-1: PUBREL without its flags
        (
            b"\x60\x02\x00\x01",
            "PubRel.header.qos at byte 0: not the constant that must stand here (at 60 02 00 01)",
        ),
        // MQTT-2.2.2-2: PINGREQ with flags
        (b"\xc1\x00", "PingReq.header.retain at byte 0: 1 where 0 must stand (at c1 00)"),
        // 2.2.1: the types 0 and 15
        (b"\x00\x00", "Packet.header.kind at byte 0: no message has the type 0 (at 00 00)"),
        (b"\xf0\x00", "Packet.header.kind at byte 0: no message has the type 15 (at f0 00)"),
        // 2.2.3: a Remaining Length of five bytes
        (
            b"\xc0\x80\x80\x80\x80\x01",
            "Packet.header.remaining at byte 1: 268435456 is outside 0..=268435455 (after c0, at 80 80 80 80 01)",
        ),
    ]);
}

#[test]
fn connections_that_the_standard_forbids() {
    refuses_each(&[
        // MQTT-3.1.2-1: another protocol
        (
            b"\x10\x0e\x00\x06MQIsdp\x03\x02\x00\x3c\x00\x00",
            "Connect.magic at byte 2: not the constant that must stand here (after 10 0e, at 00 06 4d 51 49 73 64 70)",
        ),
        // MQTT-3.1.2-3: the reserved flag
        (
            b"\x10\x0c\x00\x04MQTT\x04\x03\x00\x3c\x00\x00",
            "Connect.reserved at byte 9: reserved, and not zero (after 0c 00 04 4d 51 54 54 04, at 03 00 3c 00 00)",
        ),
        // MQTT-3.1.2-15: Will Retain without a will
        (
            b"\x10\x0c\x00\x04MQTT\x04\x22\x00\x3c\x00\x00",
            "Connect.has_will at byte 9: without a will its flags are zero (after 0c 00 04 4d 51 54 54 04, at 22 00 3c 00 00)",
        ),
        // MQTT-3.1.2-22: a password without a user name
        (
            b"\x10\x0e\x00\x04MQTT\x04\x42\x00\x3c\x00\x00\x00\x00",
            "Connect.has_password at byte 9: a password needs a user name (after 0e 00 04 4d 51 54 54 04, at 42 00 3c 00 00 00 00)",
        ),
        // MQTT-3.2.2-4: a session with a refusal
        (
            b"\x20\x02\x01\x05",
            "ConnAck.code at byte 3: no session is present if the connection is refused (after 20 02 01, at 05)",
        ),
        // 3.2.2.3: a reserved return code
        (
            b"\x20\x02\x00\x06",
            "ConnAck.code at byte 3: no variant has the tag 6 (after 20 02 00, at 06)",
        ),
    ]);
}

#[test]
fn messages_that_the_standard_forbids() {
    refuses_each(&[
        // MQTT-2.3.1-1: packet identifier 0
        (
            b"\x40\x02\x00\x00",
            "PubAck.packet_id at byte 2: 0 where no 0 is allowed (after 40 02, at 00 00)",
        ),
        // MQTT-3.3.2-2: a wildcard in a Topic Name
        (
            b"\x30\x03\x00\x01#",
            "Publish.topic at byte 2: a topic name holds no wildcard and no NUL (after 30 03, at 00 01 23)",
        ),
        // MQTT-1.5.3-2: a NUL in a text
        (
            b"\x82\x06\x00\x0a\x00\x01\x00\x00",
            "Subscribe.subscriptions[0].filter at byte 4: text holds no NUL (after 82 06 00 0a, at 00 01 00 00)",
        ),
        // MQTT-3.8.3-3: a SUBSCRIBE of nothing
        (
            b"\x82\x02\x00\x0a",
            "Subscribe.subscriptions at byte 4: length 0 is below the limit of 1 (after 82 02 00 0a)",
        ),
        // MQTT-3.8.3-4: reserved bits beside the QoS
        (
            b"\x82\x06\x00\x0a\x00\x01a\x05",
            "Subscribe.subscriptions[0].reserved at byte 7: reserved, and not zero (after 82 06 00 0a 00 01 61, at 05)",
        ),
        // MQTT-3.9.3-2: a code that is none
        (
            b"\x90\x03\x00\x0a\x03",
            "SubAck.codes[0] at byte 4: no variant has the tag 3 (after 90 03 00 0a, at 03)",
        ),
        // 3.3: a topic that is longer than the packet
        (
            b"\x30\x04\x00\x03a/",
            "Publish.topic at byte 4: 1 more byte needed (after 30 04 00 03, at 61 2f)",
        ),
        // 3.4: a byte too many
        (
            b"\x40\x03\x00\x01\x00",
            "PubAck at byte 4: 1 more byte after the end of the message (after 40 03 00 01, at 00)",
        ),
    ]);
}

fn refuses_each(table: &[(&[u8], &str)]) {
    for (bytes, text) in table {
        refuses::<Packet>(bytes, text);
    }
}

/// Packing refuses what unpacking would refuse.
#[test]
fn what_is_not_sent() {
    let table = [
        (
            Publish { topic: "a/+".into(), ..Publish::default() },
            "Publish.topic: a topic name holds no wildcard and no NUL",
        ),
        (
            Publish { topic: String::new(), ..Publish::default() },
            "Publish.topic: length 0 is below the limit of 1",
        ),
        (
            Publish { topic: "a".into(), qos: Qos::AtLeastOnce, ..Publish::default() },
            "Publish.packet_id: absent where earlier fields tell that it is there",
        ),
        (
            Publish {
                topic: "a".into(),
                packet_id: Some(std::num::NonZeroU16::MIN),
                ..Publish::default()
            },
            "Publish.packet_id: there where earlier fields tell that it is absent",
        ),
    ];
    for (publish, text) in table {
        let error = publish.pack().expect_err("it is refused");
        assert_eq!(error.to_string(), text, "{publish:?}");
    }
}
