//! The packets byte for byte, after the figures and tables of the standard.

use std::num::NonZeroU16;

use protocol_core::{Pack, Unpack, Varint};

use super::packets::*;
use crate::damage::{both_ways, survives};

fn id(id: u16) -> NonZeroU16 {
    NonZeroU16::new(id).expect("not zero")
}

/// Figure 3.6, the non-normative example of a variable header, and a payload with all of 3.1.3.
#[test]
fn connect_with_everything() {
    let bytes = b"\x10\x1d\x00\x04MQTT\x04\xce\x00\x0a\
        \x00\x03abc\x00\x01w\x00\x02by\x00\x01u\x00\x02pw";
    let connect = Connect {
        level: 4,
        has_user_name: true,
        has_password: true,
        will_qos: Qos::AtLeastOnce,
        has_will: true,
        clean_session: true,
        keep_alive: 10,
        client_id: "abc".into(),
        will: Some(Will { topic: "w".into(), message: b"by".into() }),
        user_name: Some("u".into()),
        password: Some(b"pw".into()),
        ..Connect::default()
    };
    both_ways(bytes, &Packet::Connect(connect.clone()));
    // The flags follow from what is there, whatever the struct holds.
    let flagless =
        Connect { has_user_name: false, has_password: false, has_will: false, ..connect };
    assert_eq!(flagless.pack().expect("it packs"), bytes);
}

/// As mosquitto_pub 2.0.11 sends it with `-i abc -V mqttv311`.
#[test]
fn connect_with_nothing() {
    let connect = Connect {
        level: 4,
        clean_session: true,
        keep_alive: 60,
        client_id: "abc".into(),
        ..Connect::default()
    };
    both_ways(b"\x10\x0f\x00\x04MQTT\x04\x02\x00\x3c\x00\x03abc", &Packet::Connect(connect));
}

/// Figures 3.8 and 3.9.
#[test]
fn conn_ack() {
    let ack =
        |session_present, code| Packet::ConnAck(ConnAck { reserved: 0, session_present, code });
    both_ways(b"\x20\x02\x01\x00", &ack(true, ConnectCode::Accepted));
    both_ways(b"\x20\x02\x00\x05", &ack(false, ConnectCode::NotAuthorized));
}

/// Figure 3.11, the non-normative example of a variable header: topic `a/b`, packet identifier 10.
#[test]
fn publish() {
    let publish = Publish {
        dup: true,
        qos: Qos::AtLeastOnce,
        retain: true,
        topic: "a/b".into(),
        packet_id: Some(id(10)),
        payload: b"hi".into(),
    };
    both_ways(b"\x3b\x09\x00\x03a/b\x00\x0ahi", &Packet::Publish(publish.clone()));
    let publish = Publish { qos: Qos::ExactlyOnce, dup: false, ..publish };
    both_ways(b"\x35\x09\x00\x03a/b\x00\x0ahi", &Packet::Publish(publish.clone()));
    let publish = Publish {
        qos: Qos::AtMostOnce,
        retain: false,
        packet_id: None,
        payload: vec![],
        ..publish
    };
    both_ways(b"\x30\x05\x00\x03a/b", &Packet::Publish(publish));
}

/// Figure 1.2: the text "A𪛔" with a character of four bytes.
#[test]
fn text() {
    let publish = Publish { topic: "A\u{2a6d4}".into(), ..Publish::default() };
    both_ways(b"\x30\x07\x00\x05A\xf0\xaa\x9b\x94", &Packet::Publish(publish));
}

/// Table 2.2: the flags that each acknowledgement has.
#[test]
fn acknowledgements() {
    both_ways(b"\x40\x02\x12\x34", &Packet::PubAck(PubAck { packet_id: id(0x1234) }));
    both_ways(b"\x50\x02\x12\x34", &Packet::PubRec(PubRec { packet_id: id(0x1234) }));
    both_ways(b"\x62\x02\x12\x34", &Packet::PubRel(PubRel { packet_id: id(0x1234) }));
    both_ways(b"\x70\x02\x12\x34", &Packet::PubComp(PubComp { packet_id: id(0x1234) }));
    both_ways(b"\xb0\x02\x12\x34", &Packet::UnsubAck(UnsubAck { packet_id: id(0x1234) }));
}

/// Figures 3.21 and 3.23: `a/b` with QoS 1 and `c/d` with QoS 2.
#[test]
fn subscribe() {
    let wanted = |filter: &str, qos| Subscription { filter: filter.into(), reserved: 0, qos };
    let subscribe = Subscribe {
        packet_id: id(10),
        subscriptions: vec![wanted("a/b", Qos::AtLeastOnce), wanted("c/d", Qos::ExactlyOnce)],
    };
    let bytes = b"\x82\x0e\x00\x0a\x00\x03a/b\x01\x00\x03c/d\x02";
    both_ways(bytes, &Packet::Subscribe(subscribe));
}

/// Figure 3.26.
#[test]
fn sub_ack() {
    let codes = vec![SubscribeCode::AtMostOnce, SubscribeCode::ExactlyOnce, SubscribeCode::Failure];
    let ack = SubAck { packet_id: id(10), codes };
    both_ways(b"\x90\x05\x00\x0a\x00\x02\x80", &Packet::SubAck(ack));
}

/// Figure 3.30.
#[test]
fn unsubscribe() {
    let filters = vec!["a/b".into(), "c/d".into()];
    let unsubscribe = Unsubscribe { packet_id: id(10), filters };
    let bytes = b"\xa2\x0c\x00\x0a\x00\x03a/b\x00\x03c/d";
    both_ways(bytes, &Packet::Unsubscribe(unsubscribe));
}

/// Figures 3.33, 3.34 and 3.35.
#[test]
fn packets_without_a_body() {
    both_ways(b"\xc0\x00", &Packet::PingReq(PingReq));
    both_ways(b"\xd0\x00", &Packet::PingResp(PingResp));
    both_ways(b"\xe0\x00", &Packet::Disconnect(Disconnect));
}

/// Table 2.4: where the Remaining Length takes one more byte.
#[test]
fn remaining_length() {
    let table: [(usize, &[u8]); 6] = [
        (127, b"\x7f"),
        (128, b"\x80\x01"),
        (16_383, b"\xff\x7f"),
        (16_384, b"\x80\x80\x01"),
        (2_097_151, b"\xff\xff\x7f"),
        (2_097_152, b"\x80\x80\x80\x01"),
    ];
    for (remaining, encoded) in table {
        let payload = vec![b'x'; remaining - 3];
        let publish = Publish { topic: "t".into(), payload, ..Publish::default() };
        let packed = publish.pack().expect("it packs");
        let expected = [b"\x30".as_slice(), encoded, b"\x00\x01t"].concat();
        assert_eq!(packed.get(..expected.len()), Some(expected.as_slice()), "{remaining}");
        assert_eq!(Publish::unpack(&packed).as_ref(), Ok(&publish));
    }
    let largest = FixedHeader { remaining: Varint(268_435_455), ..FixedHeader::default() };
    assert_eq!(largest.pack().expect("it packs"), b"\x00\xff\xff\xff\x7f");
    let above = FixedHeader { remaining: Varint(268_435_456), ..FixedHeader::default() };
    assert!(above.pack().is_err());
}

/// Every first byte, before bodies of some packets.
#[test]
fn any_type_with_any_flags() {
    let bodies: [&[u8]; 4] =
        [b"", b"\x00\x01", b"\x00\x03a/b\x00\x0ahi", b"\x00\x0a\x00\x03a/b\x01\x00\x03c/d\x02"];
    for (first, body) in (0..=u8::MAX).flat_map(|first| bodies.map(move |body| (first, body))) {
        let len = u8::try_from(body.len()).expect("short");
        survives::<Packet>(&[&[first, len], body].concat());
    }
}

/// 4.7: filters and what they stand for; the examples of 4.7.1.
#[test]
fn topics() {
    let filters = ["a", "/", "#", "+", "sport/tennis/#", "+/tennis/#", "sport/+/player1", "/+"];
    assert!(filters.into_iter().all(is_topic_filter));
    let wrong = ["", "sport/tennis#", "sport/tennis/#/ranking", "sport+", "a+/b", "a\0"];
    assert!(!wrong.into_iter().any(is_topic_filter));
    let meant = [
        ("sport/tennis/player1/#", "sport/tennis/player1"),
        ("sport/tennis/player1/#", "sport/tennis/player1/ranking"),
        ("sport/tennis/player1/#", "sport/tennis/player1/score/wimbledon"),
        ("sport/#", "sport"),
        ("sport/tennis/+", "sport/tennis/player1"),
        ("sport/+", "sport/"),
        ("+/+", "/finance"),
        ("/+", "/finance"),
        ("$SYS/#", "$SYS/monitor"),
    ];
    assert!(meant.into_iter().all(|(filter, topic)| matches(filter, topic)));
    let others = [
        ("sport/tennis/+", "sport/tennis/player1/ranking"),
        ("sport/+", "sport"),
        ("+", "/finance"),
        ("#", "$SYS/monitor"),
        ("+/monitor", "$SYS/monitor"),
        ("a", "A"),
    ];
    assert!(!others.into_iter().any(|(filter, topic)| matches(filter, topic)));
}
