//! The examples of the protocol's document, byte for byte.

use protocol_core::{Pack, WithHeader};

use super::messages::response::{self, Flags, Text, Value};
use super::messages::status::{Outcome, Reason};
use super::messages::{Request, RequestHeader, Response, ResponseHeader, request};
use crate::damage::both_ways;

/// What a header says of the key and of the extras, and its last two fields.
#[derive(Default)]
struct Said {
    key_len: u16,
    extras_len: u8,
    status: u16,
    opaque: u32,
    cas: u64,
}

fn body_len(bytes: &[u8]) -> u32 {
    u32::try_from(bytes.len() - 24).expect("short")
}

fn asks(bytes: &[u8], opcode: u8, said: &Said, message: impl Into<Request>) {
    let Said { key_len, extras_len, status: _, opaque, cas } = *said;
    let body_len = body_len(bytes);
    let header = RequestHeader {
        opcode,
        key_len,
        extras_len,
        body_len,
        opaque,
        cas,
        data_type: 0,
        vbucket: 0,
    };
    both_ways(bytes, &WithHeader { header, message: message.into() });
}

fn answers(bytes: &[u8], opcode: u8, said: &Said, message: impl Into<Response>) {
    let Said { key_len, extras_len, status, opaque, cas } = *said;
    let body_len = body_len(bytes);
    let header =
        ResponseHeader { opcode, key_len, extras_len, status, body_len, opaque, cas, data_type: 0 };
    both_ways(bytes, &WithHeader { header, message: message.into() });
}

fn value(bytes: &[u8]) -> Outcome<Value> {
    Outcome::Done(Value { bytes: bytes.to_vec() })
}

/// 4.1.1
#[test]
fn an_error() {
    let bytes = b"\x81\x00\x00\x00\x00\x00\x00\x01\x00\x00\x00\x09\
        \x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00Not found";
    let outcome = Outcome::KeyNotFound(Reason { text: "Not found".into() });
    let miss = response::Get { cas: 0, extras: None, key: Vec::new(), outcome };
    answers(bytes, 0, &Said { status: 1, ..Said::default() }, miss);
}

/// 4.2.1
#[test]
fn get() {
    let bytes = b"\x80\x00\x00\x05\x00\x00\x00\x00\x00\x00\x00\x05\
        \x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00Hello";
    let said = Said { key_len: 5, ..Said::default() };
    asks(bytes, 0, &said, request::Get { key: b"Hello".into() });

    let bytes = b"\x81\x00\x00\x00\x04\x00\x00\x00\x00\x00\x00\x09\
        \x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x01\xde\xad\xbe\xefWorld";
    let said = Said { extras_len: 4, cas: 1, ..Said::default() };
    let extras = Some(Flags { flags: 0xdead_beef });
    let hit =
        response::Get { cas: 1, extras: extras.clone(), key: Vec::new(), outcome: value(b"World") };
    answers(bytes, 0, &said, hit);

    // The figure has a total body of 9, and 14 bytes of it.
    let bytes = b"\x81\x0d\x00\x05\x04\x00\x00\x00\x00\x00\x00\x0e\
        \xde\xad\xbe\xee\x00\x00\x00\x00\x00\x00\x00\x01\xde\xad\xbe\xefHelloWorld";
    let said = Said { key_len: 5, extras_len: 4, opaque: 0xdead_beee, cas: 1, ..Said::default() };
    let hit = response::GetKQ { cas: 1, extras, key: b"Hello".into(), outcome: value(b"World") };
    answers(bytes, 0x0d, &said, hit);
}

/// 4.3.1
#[test]
fn add() {
    let bytes = b"\x80\x02\x00\x05\x08\x00\x00\x00\x00\x00\x00\x12\
        \x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\
        \xde\xad\xbe\xef\x00\x00\x0e\x10HelloWorld";
    let said = Said { key_len: 5, extras_len: 8, ..Said::default() };
    let (key, value) = (b"Hello".into(), b"World".into());
    asks(bytes, 2, &said, request::Add { cas: 0, flags: 0xdead_beef, expiry: 3600, key, value });

    let bytes = b"\x81\x02\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\
        \x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x01";
    let said = Said { cas: 1, ..Said::default() };
    answers(bytes, 2, &said, response::Add { cas: 1, outcome: Outcome::Done(()) });
}

/// 4.4.1, of a version.
#[test]
fn delete() {
    let bytes = b"\x80\x04\x00\x05\x00\x00\x00\x00\x00\x00\x00\x05\
        \x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x07Hello";
    let said = Said { key_len: 5, cas: 7, ..Said::default() };
    asks(bytes, 4, &said, request::Delete { cas: 7, key: b"Hello".into() });
}

/// 4.5.1
#[test]
fn increment() {
    let bytes = b"\x80\x05\x00\x07\x14\x00\x00\x00\x00\x00\x00\x1b\
        \x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\
        \x00\x00\x00\x00\x00\x00\x00\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x0e\x10counter";
    let said = Said { key_len: 7, extras_len: 20, ..Said::default() };
    let key = b"counter".into();
    asks(bytes, 5, &said, request::Increment { cas: 0, amount: 1, initial: 0, expiry: 3600, key });

    let bytes = b"\x81\x05\x00\x00\x00\x00\x00\x00\x00\x00\x00\x08\
        \x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x05\x00\x00\x00\x00\x00\x00\x00\x00";
    let outcome = Outcome::Done(response::Counter { value: 0 });
    answers(bytes, 5, &Said { cas: 5, ..Said::default() }, response::Increment { cas: 5, outcome });
}

/// 4.6.1, 4.8.1
#[test]
fn without_a_body() {
    let bytes = b"\x80\x07\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\
        \x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00";
    asks(bytes, 7, &Said::default(), request::Quit {});
    let bytes = b"\x80\x0a\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\
        \x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00";
    asks(bytes, 10, &Said::default(), request::Noop {});
}

/// 4.7.1, with the time and without.
#[test]
fn flush() {
    let bytes = b"\x80\x08\x00\x00\x04\x00\x00\x00\x00\x00\x00\x04\
        \x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x0e\x10";
    let when = Some(request::When { expiry: 3600 });
    asks(bytes, 8, &Said { extras_len: 4, ..Said::default() }, request::Flush { when });
    let bytes = b"\x80\x08\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\
        \x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00";
    asks(bytes, 8, &Said::default(), request::Flush { when: None });
}

/// 4.9.1
#[test]
fn version() {
    let bytes = b"\x81\x0b\x00\x00\x00\x00\x00\x00\x00\x00\x00\x05\
        \x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x001.3.1";
    let outcome = Outcome::Done(Text { text: "1.3.1".into() });
    answers(bytes, 0x0b, &Said::default(), response::Version { outcome });
}

/// 4.10.1
#[test]
fn append() {
    let bytes = b"\x80\x0e\x00\x05\x00\x00\x00\x00\x00\x00\x00\x06\
        \x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00Hello!";
    let (key, value) = (b"Hello".into(), b"!".into());
    let said = Said { key_len: 5, ..Said::default() };
    asks(bytes, 0x0e, &said, request::Append { cas: 0, key, value });
}

/// 4.11.1
#[test]
fn stat() {
    let bytes = b"\x80\x10\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\
        \x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00";
    asks(bytes, 0x10, &Said::default(), request::Stat { group: String::new() });
    let bytes = b"\x81\x10\x00\x03\x00\x00\x00\x00\x00\x00\x00\x07\
        \x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00pid3078";
    let outcome = Outcome::Done(Text { text: "3078".into() });
    let said = Said { key_len: 3, ..Said::default() };
    answers(bytes, 0x10, &said, response::Stat { name: "pid".into(), outcome });
}

/// A status that is in no list is kept, with its text.
#[test]
fn a_status_that_nobody_knows() {
    let bytes = b"\x81\x04\x00\x00\x00\x00\x12\x34\x00\x00\x00\x02\
        \x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00hm";
    let outcome = Outcome::Other(0x1234, Reason { text: "hm".into() });
    let said = Said { status: 0x1234, ..Said::default() };
    answers(bytes, 4, &said, response::Delete { cas: 0, outcome });
}

/// The lengths in the header follow from the message, whatever the header holds.
#[test]
fn lengths_follow() {
    let header = RequestHeader {
        key_len: 99,
        extras_len: 99,
        body_len: 99,
        cas: 1,
        ..RequestHeader::default()
    };
    let set = request::Set { cas: 9, flags: 0, expiry: 0, key: b"k".into(), value: b"v".into() };
    let bytes = WithHeader { header, message: Request::from(set) }.pack().expect("it packs");
    let expected = b"\x80\x01\x00\x01\x08\x00\x00\x00\x00\x00\x00\x0a\
        \x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x09\0\0\0\0\0\0\0\0kv";
    assert_eq!(bytes, expected);
}
