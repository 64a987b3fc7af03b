//! What the document forbids, and the error that names the place.

use protocol_core::Pack;

use super::messages::response::{self, Flags, Value};
use super::messages::status::Outcome;
use super::messages::{Request, Response, request};
use crate::damage::refuses;

/// A packet: the first twelve bytes, eight that are zero, and the rest.
fn packet(head: &[u8; 12], body: &[u8]) -> Vec<u8> {
    [&head[..], &[0; 12], body].concat()
}

#[test]
fn requests() {
    let table: &[(&[u8; 12], &[u8], &str)] = &[
        // 3.1: a response is no request
        (
            b"\x81\x00\x00\x01\x00\x00\x00\x00\x00\x00\x00\x01",
            b"k",
            "Request.header.magic at byte 0: not the constant that must stand here (at 81 00 00 01 00 00 00 00)",
        ),
        // 3.3: an opcode that nobody has
        (
            b"\x80\x7f\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00",
            b"",
            "Request.header.opcode at byte 1: no message has the type 127 (after 80, at 7f 00 00 00 00 00 00 00)",
        ),
        // 3.4: a data type
        (
            b"\x80\x00\x00\x01\x00\x01\x00\x00\x00\x00\x00\x01",
            b"k",
            "Request.header.data_type at byte 5: reserved, and not zero (after 80 00 00 01 00, at 01 00 00 00 00 00 01 00)",
        ),
        // 4.2: extras where there must be none, and a value
        (
            b"\x80\x00\x00\x01\x04\x00\x00\x00\x00\x00\x00\x05",
            b"\0\0\0\0k",
            "Get.header.extras_len at byte 0: 4 where 0 must stand (at 80 00 00 01 04 00 00 00)",
        ),
        (
            b"\x80\x00\x00\x01\x00\x00\x00\x00\x00\x00\x00\x02",
            b"kv",
            "Get at byte 25: 1 more byte after the end of the message (after 00 00 00 00 00 00 00 6b, at 76)",
        ),
        // 4.2: no key where there must be one, and one that is too long
        (
            b"\x80\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00",
            b"",
            "Get.key at byte 24: a key has 1 to 250 bytes (after 00 00 00 00 00 00 00 00)",
        ),
        (
            b"\x80\x00\x00\xfb\x00\x00\x00\x00\x00\x00\x00\xfb",
            &[b'k'; 251],
            "Get.key at byte 24: a key has 1 to 250 bytes (after 00 00 00 00 00 00 00 00, at 6b 6b 6b 6b 6b 6b 6b 6b)",
        ),
    ];
    for (head, body, text) in table {
        refuses::<Request>(&packet(head, body), text);
    }
}

#[test]
fn lengths_of_requests() {
    let table: &[(&[u8; 12], &[u8], &str)] = &[
        // 4.3: half of the extras
        (
            b"\x80\x01\x00\x01\x04\x00\x00\x00\x00\x00\x00\x05",
            b"\0\0\0\0k",
            "Set.header.extras_len at byte 0: 4 where 8 must stand (at 80 01 00 01 04 00 00 00)",
        ),
        // a key that is longer than the body
        (
            b"\x80\x00\x00\x02\x00\x00\x00\x00\x00\x00\x00\x01",
            b"k",
            "Get.key at byte 24: 1 more byte needed (after 00 00 00 00 00 00 00 00, at 6b)",
        ),
        // a body that is longer than the packet
        (
            b"\x80\x00\x00\x02\x00\x00\x00\x00\x00\x00\x00\x02",
            b"k",
            "Request.body at byte 24: 1 more byte needed (after 00 00 00 00 00 00 00 00, at 6b)",
        ),
        // 4.7: three bytes of extras
        (
            b"\x80\x08\x00\x00\x03\x00\x00\x00\x00\x00\x00\x03",
            b"\0\0\0",
            "Flush.when.expiry at byte 24: 1 more byte needed (after 00 00 00 00 00 00 00 00, at 00 00 00)",
        ),
        // 4.8: a key where there must be none
        (
            b"\x80\x0a\x00\x01\x00\x00\x00\x00\x00\x00\x00\x01",
            b"k",
            "Noop.header.key_len at byte 0: 1 where 0 must stand (at 80 0a 00 01 00 00 00 00)",
        ),
    ];
    for (head, body, text) in table {
        refuses::<Request>(&packet(head, body), text);
    }
}

#[test]
fn responses() {
    let table: &[(&[u8; 12], &[u8], &str)] = &[
        // 4.2: a value without flags, and an error with them
        (
            b"\x81\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x01",
            b"v",
            "Get.outcome at byte 24: a value has flags, an error none (after 00 00 00 00 00 00 00 00, at 76)",
        ),
        (
            b"\x81\x00\x00\x00\x04\x00\x00\x01\x00\x00\x00\x04",
            b"\0\0\0\0",
            "Get.outcome at byte 28: a value has flags, an error none (after 00 00 00 00 00 00 00 00)",
        ),
        // 4.5: a counter of four bytes
        (
            b"\x81\x05\x00\x00\x00\x00\x00\x00\x00\x00\x00\x04",
            b"\0\0\0\0",
            "Increment.outcome.Done.0.value at byte 24: 4 more bytes needed (after 00 00 00 00 00 00 00 00, at 00 00 00 00)",
        ),
        // 4.4: a value where there must be none
        (
            b"\x81\x04\x00\x00\x00\x00\x00\x00\x00\x00\x00\x01",
            b"v",
            "Delete at byte 24: 1 more byte after the end of the message (after 00 00 00 00 00 00 00 00, at 76)",
        ),
        // 4.1: an error that is no text
        (
            b"\x81\x04\x00\x00\x00\x00\x00\x01\x00\x00\x00\x01",
            b"\xff",
            "Delete.outcome.KeyNotFound.0.text at byte 24: the text is not UTF-8 after 0 bytes (after 00 00 00 00 00 00 00 00, at ff)",
        ),
    ];
    for (head, body, text) in table {
        refuses::<Response>(&packet(head, body), text);
    }
}

/// Packing refuses what unpacking would refuse.
#[test]
fn what_is_not_sent() {
    let key = vec![b'k'; 251];
    let error = request::Get { key }.pack().expect_err("a long key");
    assert_eq!(error.to_string(), "Get.key: a key has 1 to 250 bytes");
    let outcome = Outcome::Done(Value { bytes: Vec::new() });
    let hit = response::Get { cas: 0, extras: None, key: Vec::new(), outcome };
    let error = hit.pack().expect_err("a value without flags");
    assert_eq!(error.to_string(), "Get.outcome: a value has flags, an error none");
    let outcome = Outcome::Other(1, Default::default());
    let extras = None::<Flags>;
    let known = response::Get { cas: 0, extras, key: Vec::new(), outcome };
    let error = known.pack().expect_err("a status that has a name");
    assert!(error.to_string().contains("1 is known"), "{error}");
}
