//! Messages byte for byte: as the standard draws them, and as dnsmasq 2.90 and dig 9.18 send them.

use std::net::{Ipv4Addr, Ipv6Addr};

use super::messages::*;
use crate::damage::{both_ways, compressed, refuses};

const H_V4: Ipv4Addr = Ipv4Addr::new(192, 0, 2, 7);
const H_V6: Ipv6Addr = Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 7);

fn name(text: &str) -> Name {
    text.parse().expect("a name")
}

fn question(text: &str, kind: u16) -> Vec<Question> {
    vec![Question { name: name(text), kind, class: Class::Internet }]
}

fn record(text: &str, body: Body) -> Record {
    Record { name: name(text), body }
}

/// What dnsmasq keeps for no time at all.
fn resource<T>(data: T) -> Resource<T> {
    Resource { class: Class::Internet, ttl: 0, data }
}

fn v4() -> Record {
    record("h.test", Body::A(resource(A { address: H_V4 })))
}

fn v6() -> Record {
    record("h.test", Body::Aaaa(resource(Aaaa { address: H_V6 })))
}

fn extensions(options: Vec<Extension>) -> Record {
    record(".", Body::Opt(Opt { payload: 1232, options, ..Opt::default() }))
}

/// A reply of dnsmasq to a query with extensions.
fn reply(questions: Vec<Question>, answers: Vec<Record>, mut additional: Vec<Record>) -> Message {
    additional.push(extensions(Vec::new()));
    let flags = Flags {
        is_response: true,
        is_authoritative: true,
        recursion_desired: true,
        recursion_available: true,
        ..Flags::default()
    };
    Message { id: 0x1234, flags, questions, answers, authorities: Vec::new(), additional }
}

/// RFC 1035, 4.1.1 and 4.1.2, and a cookie as RFC 7873, 4.1 draws it.
#[test]
fn the_query_of_dig() {
    let bytes = b"\xe0\x8a\x01\x20\x00\x01\x00\x00\x00\x00\x00\x01\
        \x07example\x04test\x00\x00\x0f\x00\x01\
        \x00\x00\x29\x04\xd0\x00\x00\x00\x00\x00\x0c\
        \x00\x0a\x00\x08\xdb\x92\x0b\x71\x7f\xf9\x03\x9c";
    let client = [0xdb, 0x92, 0x0b, 0x71, 0x7f, 0xf9, 0x03, 0x9c];
    let message = Message {
        id: 0xe08a,
        flags: Flags { recursion_desired: true, is_authentic: true, ..Flags::default() },
        questions: question("example.test", kind::MX),
        additional: vec![extensions(vec![Extension::Cookie { client, server: Vec::new() }])],
        ..Message::default()
    };
    both_ways(bytes, &message);
}

#[test]
fn mail() {
    let bytes = b"\x12\x34\x85\x80\x00\x01\x00\x01\x00\x00\x00\x03\
        \x04test\x00\x00\x0f\x00\x01\
        \xc0\x0c\x00\x0f\x00\x01\x00\x00\x00\x00\x00\x0a\x00\x0a\x01h\x04test\x00\
        \xc0\x24\x00\x01\x00\x01\x00\x00\x00\x00\x00\x04\xc0\x00\x02\x07\
        \xc0\x24\x00\x1c\x00\x01\x00\x00\x00\x00\x00\x10\
        \x20\x01\x0d\xb8\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x07\
        \x00\x00\x29\x04\xd0\x00\x00\x00\x00\x00\x00";
    let mx = Mx { preference: 10, exchange: name("h.test") };
    let answers = vec![record("test", Body::Mx(resource(mx)))];
    compressed(bytes, &reply(question("test", kind::MX), answers, vec![v4(), v6()]));
}

#[test]
fn a_service() {
    let bytes = b"\x12\x34\x85\x80\x00\x01\x00\x01\x00\x00\x00\x03\
        \x05_chat\x04_tcp\x04test\x00\x00\x21\x00\x01\
        \xc0\x0c\x00\x21\x00\x01\x00\x00\x00\x00\x00\x0e\x00\x0a\x00\x3c\x14\x66\x01h\x04test\x00\
        \xc0\x33\x00\x1c\x00\x01\x00\x00\x00\x00\x00\x10\
        \x20\x01\x0d\xb8\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x07\
        \xc0\x33\x00\x01\x00\x01\x00\x00\x00\x00\x00\x04\xc0\x00\x02\x07\
        \x00\x00\x29\x04\xd0\x00\x00\x00\x00\x00\x00";
    let srv = Srv { priority: 10, weight: 60, port: 5222, target: name("h.test") };
    let answers = vec![record("_chat._tcp.test", Body::Srv(resource(srv)))];
    compressed(bytes, &reply(question("_chat._tcp.test", kind::SRV), answers, vec![v6(), v4()]));
}

#[test]
fn an_alias() {
    let bytes = b"\x12\x34\x85\x80\x00\x01\x00\x02\x00\x00\x00\x01\
        \x03www\x04test\x00\x00\x01\x00\x01\
        \xc0\x0c\x00\x05\x00\x01\x00\x00\x00\x00\x00\x08\x01h\x04test\x00\
        \xc0\x26\x00\x01\x00\x01\x00\x00\x00\x00\x00\x04\xc0\x00\x02\x07\
        \x00\x00\x29\x04\xd0\x00\x00\x00\x00\x00\x00";
    let alias = record("www.test", Body::Cname(resource(Host { name: name("h.test") })));
    compressed(bytes, &reply(question("www.test", kind::A), vec![alias, v4()], Vec::new()));
}

#[test]
fn texts() {
    let bytes = b"\x12\x34\x85\x80\x00\x01\x00\x01\x00\x00\x00\x01\
        \x04test\x00\x00\x10\x00\x01\
        \xc0\x0c\x00\x10\x00\x01\x00\x00\x00\x00\x00\x16\x0bv=spf1 -all\x09two texts\
        \x00\x00\x29\x04\xd0\x00\x00\x00\x00\x00\x00";
    let texts = Txt { texts: vec![b"v=spf1 -all".into(), b"two texts".into()] };
    let answers = vec![record("test", Body::Txt(resource(texts)))];
    compressed(bytes, &reply(question("test", kind::TXT), answers, Vec::new()));
}

/// RFC 1035, 3.3.13: the start of a zone, with names that are written whole; RFC 2308: NXDOMAIN.
#[test]
fn a_name_that_is_not_there() {
    let bytes = b"\x00\x01\x84\x03\x00\x00\x00\x00\x00\x01\x00\x00\
        \x04test\x00\x00\x06\x00\x01\x00\x00\x01\x2c\x00\x20\
        \x02ns\x04test\x00\x01a\x00\
        \x00\x00\x00\x01\x00\x00\x1c\x20\x00\x00\x0e\x10\x00\x12\x75\x00\x00\x00\x01\x2c";
    let soa = Soa {
        primary: name("ns.test"),
        mailbox: name("a"),
        serial: 1,
        refresh: 7200,
        retry: 3600,
        expire: 1_209_600,
        minimum: 300,
    };
    let body = Body::Soa(Resource { class: Class::Internet, ttl: 300, data: soa });
    let message = Message {
        id: 1,
        flags: Flags {
            is_response: true,
            is_authoritative: true,
            code: Code::NameError,
            ..Flags::default()
        },
        authorities: vec![record("test", body)],
        ..Message::default()
    };
    both_ways(bytes, &message);
}

/// RFC 3597: a type that nobody knows is kept; RFC 6891, 6.1.2: an option too.
#[test]
fn what_nobody_knows() {
    let bytes = b"\x00\x02\x84\x00\x00\x00\x00\x01\x00\x00\x00\x01\
        \x01x\x00\xff\x00\x00\x03\x00\x00\x00\x09\x00\x02\xab\xcd\
        \x00\x00\x29\x02\x00\x01\x00\x80\x01\x00\x06\xfd\xe9\x00\x02ok";
    let kept = |bytes: &[u8]| Kept { bytes: bytes.to_vec() };
    let unknown = Resource { class: Class::Chaos, ttl: 9, data: kept(b"\xab\xcd") };
    let opt = Opt {
        payload: 512,
        code_high: 1,
        dnssec_ok: true,
        unused: 1,
        options: vec![Extension::Other(65001, kept(b"ok"))],
        ..Opt::default()
    };
    let message = Message {
        id: 2,
        flags: Flags { is_response: true, is_authoritative: true, ..Flags::default() },
        answers: vec![record("x", Body::Other(65280, unknown))],
        additional: vec![record(".", Body::Opt(opt))],
        ..Message::default()
    };
    both_ways(bytes, &message);
}

#[test]
fn what_the_standard_forbids() {
    let table: &[(&[u8], &str)] = &[
        // RFC 1035, 4.1.1: Z must be zero
        (
            b"\x00\x01\x00\x40\x00\x00\x00\x00\x00\x00\x00\x00",
            "Message.flags.zero at byte 3: reserved, and not zero (after 00 01 00, at 40 00 00 00 00 00 00 00)",
        ),
        // 3.4.1: an address of five bytes
        (
            b"\x00\x01\x80\x00\x00\x00\x00\x01\x00\x00\x00\x00\x00\x00\x01\x00\x01\x00\x00\x00\x00\x00\x05\x7f\x00\x00\x01\x00",
            "Message.answers[0].body.A.0.data at byte 27: 1 byte is left over of its length (after 00 00 00 05 7f 00 00 01, at 00)",
        ),
        // 3.3.14: a text that is longer than the data
        (
            b"\x00\x01\x80\x00\x00\x00\x00\x01\x00\x00\x00\x00\x00\x00\x10\x00\x01\x00\x00\x00\x00\x00\x02\x02\x61\x62",
            "Message.answers[0].body.Txt.0.data.texts[0] at byte 24: 1 more byte needed than its length says (after 01 00 00 00 00 00 02 02, at 61 62)",
        ),
        // RFC 7873, 4: half a client's cookie
        (
            b"\x00\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x01\x00\x00\x29\x02\x00\x00\x00\x00\x00\x00\x08\x00\x0a\x00\x04\x01\x02\x03\x04",
            "Message.additional[0].body.Opt.0.options[0].Cookie.client at byte 27: 4 more bytes needed (after 00 00 00 08 00 0a 00 04, at 01 02 03 04)",
        ),
        // 4.1.1: more answers than there are
        (
            b"\x00\x01\x80\x00\x00\x00\xff\xff\x00\x00\x00\x00",
            "Message.answers at byte 12: 131070 more bytes needed (after 00 00 ff ff 00 00 00 00)",
        ),
    ];
    for (bytes, text) in table {
        refuses::<Message>(bytes, text);
    }
}
