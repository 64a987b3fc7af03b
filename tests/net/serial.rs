//! Calls one after the other: typed replies, and a connection that is poisoned rather than giving a caller
//! the answer to another.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use protocol_core::conn::{CallError, SendErrorKind, Serial};
use protocol_core::frame::Length;
use protocol_core::net::blocking::Connection;
use protocol_core::{Message, Protocol};

/// Long enough for any answer on a busy machine.
const LONG: Duration = Duration::from_secs(20);
const SHORT: Duration = Duration::from_millis(100);

#[derive(Message, Debug, Clone, PartialEq)]
#[msg_type = 1]
#[wire(reply = Sum | Refused)]
pub(crate) struct Add {
    pub(crate) a: u8,
    pub(crate) b: u8,
}

#[derive(Message, Debug, Clone, PartialEq)]
#[msg_type = 2]
#[wire(reply = Sum)]
pub(crate) struct Last {
    #[wire(len = u8, max = 3)]
    pub(crate) text: String,
}

#[derive(Message, Debug, Clone, PartialEq)]
#[msg_type = 129]
pub(crate) struct Sum {
    pub(crate) sum: u8,
}

#[derive(Message, Debug, Clone, PartialEq)]
#[msg_type = 130]
pub(crate) struct Refused;

#[derive(Protocol, Debug, Clone, PartialEq)]
pub(crate) enum Calculator {
    Add(Add),
    Last(Last),
    Sum(Sum),
    Refused(Refused),
}

/// What comes unasked, what is said of it, and what of it is handed back.
pub(crate) const UNASKED: [(&[u8], &str, Option<Calculator>); 4] = [
    (b"\0\0\0\x02\x81\x05", "`Sum` came", Some(Calculator::Sum(Sum { sum: 5 }))),
    (b"\0\0\0\x01\x82\0\0", "`Refused` came", Some(Calculator::Refused(Refused))),
    (b"\0\0\0\x02\x81", "a message began to come", None),
    (b"\0", "a message began to come", None),
];
/// What comes unasked and is no message, and what is said of it.
pub(crate) const UNASKED_AND_BAD: [(&[u8], &str); 2] = [
    (b"\0\0\0\x01\x09", "no message has the type 9"),
    (b"\0\0\0\x01\x81", "Sum.sum at byte 1: 1 more byte needed"),
];
pub(crate) const UNSENT: &str = ", which was not sent: connect anew";

pub(crate) fn last(text: &str) -> Last {
    Last { text: text.into() }
}

/// A server that answers each request with the next of these bytes, or not at all.
fn answering(
    answers: &'static [&'static [u8]],
) -> (Serial<Connection<Calculator>>, JoinHandle<Vec<u8>>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("an address");
    let serving = thread::spawn(move || {
        let (mut stream, _) = listener.accept().expect("a client");
        let mut heard = Vec::new();
        for answer in answers {
            heard.extend(next_frame(&mut stream));
            stream.write_all(answer).expect("written");
        }
        stream.read_to_end(&mut heard).unwrap_or_default();
        heard
    });
    let mut calls = Serial::over(Connection::connect(address).expect("it listens"));
    calls.set_deadline(LONG);
    (calls, serving)
}

fn next_frame(stream: &mut TcpStream) -> Vec<u8> {
    let mut length = [0; 4];
    stream.read_exact(&mut length).expect("a length");
    let mut message = vec![0; u32::from_be_bytes(length) as usize];
    stream.read_exact(&mut message).expect("a message");
    message
}

#[test]
fn a_call_returns_its_reply() {
    let (mut calls, serving) =
        answering(&[b"\0\0\0\x02\x81\x05", b"\0\0\0\x01\x82", b"\0\0\0\x02\x81\x07"]);
    assert_eq!(calls.call(&Add { a: 2, b: 3 }).expect("a reply"), Ok(Sum { sum: 5 }));
    assert_eq!(calls.call(&Add { a: 200, b: 100 }).expect("a reply"), Err(Refused));
    assert_eq!(calls.call(&last("abc")).expect("a reply"), Sum { sum: 7 });
    assert!(!calls.is_poisoned());
    drop(calls);
    assert_eq!(serving.join().expect("no panic"), b"\x01\x02\x03\x01\xc8\x64\x02\x03abc");
}

#[test]
fn what_cannot_be_packed_poisons_nothing() {
    let (mut calls, _serving) = answering(&[b"\0\0\0\x02\x81\x07"]);
    let error = calls.call(&last("long")).expect_err("too long");
    let CallError::Send(send) = &error else { panic!("{error}") };
    assert!(matches!(send.kind(), SendErrorKind::Message(_)) && !error.is_fatal());
    assert_eq!(calls.call(&last("abc")).expect("a reply"), Sum { sum: 7 });
}

#[test]
fn a_call_that_took_too_long_poisons_the_connection() {
    let (mut calls, serving) = answering(&[b""]);
    let began = Instant::now();
    let error = calls.call_within(&Add { a: 1, b: 1 }, SHORT).expect_err("no reply");
    assert!(matches!(error, CallError::Timeout { allowed: SHORT }), "{error}");
    assert!(began.elapsed() >= SHORT && began.elapsed() < LONG);
    assert!(calls.is_poisoned());
    let error = calls.call(&last("abc")).expect_err("the next reply may be that of the first call");
    assert!(matches!(error, CallError::Poisoned) && error.is_fatal(), "{error}");
    drop(calls);
    assert_eq!(serving.join().expect("no panic"), b"\x01\x01\x01", "the second was never sent");
}

#[test]
fn a_reply_that_drips_is_over_when_the_call_is() {
    let (mut calls, serving) = answering(&[b"\0\0\0"]);
    let error = calls.call_within(&Add { a: 1, b: 1 }, SHORT).expect_err("half a reply");
    assert!(matches!(error, CallError::Timeout { allowed: SHORT }), "{error}");
    drop(calls);
    serving.join().expect("no panic");
}

#[test]
fn a_wrong_reply_is_handed_back_and_poisons() {
    let (mut calls, _serving) = answering(&[b"\0\0\0\x03\x01\x01\x02"]);
    let error = calls.call(&last("abc")).expect_err("no sum");
    assert_eq!(error.to_string(), "`Add` came, and not `Sum`");
    let CallError::Other(other) = error else { panic!("{error}") };
    assert_eq!(other.into_message(), Calculator::Add(Add { a: 1, b: 2 }));
    assert!(matches!(calls.call(&last("abc")), Err(CallError::Poisoned)));
}

#[test]
fn what_came_before_a_request_is_not_its_reply() {
    for (came, says, whole) in UNASKED {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let connection = Connection::<Calculator>::connect(listener.local_addr().expect("bound"));
        let mut calls = Serial::over(connection.expect("it listens"));
        let (mut stream, _) = listener.accept().expect("a client");
        stream.write_all(came).expect("written");
        calls.connection().stream().peek(&mut [0]).expect("it has arrived");
        let error = calls.call(&last("abc")).expect_err("nobody asked");
        assert_eq!(error.to_string(), format!("{says} before the request{UNSENT}"));
        let CallError::Unasked { message, .. } = &error else { panic!("{error}") };
        assert_eq!(*message, whole);
        assert!(error.is_fatal() && calls.is_poisoned());
        assert!(matches!(calls.call(&last("abc")), Err(CallError::Poisoned)));
        stream.shutdown(Shutdown::Write).expect("ended");
        drop(calls);
        let mut heard = Vec::new();
        stream.read_to_end(&mut heard).unwrap_or_default();
        assert_eq!(heard, b"", "it was sent all the same");
    }
}

#[test]
fn what_came_before_a_request_and_is_no_message_says_that_nothing_was_sent() {
    for (came, says) in UNASKED_AND_BAD {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let connection = Connection::<Calculator>::connect(listener.local_addr().expect("bound"));
        let mut calls = Serial::over(connection.expect("it listens"));
        let (mut stream, _) = listener.accept().expect("a client");
        stream.write_all(came).expect("written");
        calls.connection().stream().peek(&mut [0]).expect("it has arrived");
        let error = calls.call(&last("abc")).expect_err("nobody asked");
        assert!(error.to_string().contains(says), "{error}");
        assert!(error.to_string().contains("before the request, which was not sent: "), "{error}");
        assert!(matches!(error, CallError::EndedBefore(Some(_))), "{error}");
        assert!(error.is_fatal() && calls.is_poisoned());
        stream.shutdown(Shutdown::Write).expect("ended");
        drop(calls);
        let mut heard = Vec::new();
        stream.read_to_end(&mut heard).unwrap_or_default();
        assert_eq!(heard, b"");
    }
}

#[test]
fn a_second_reply_is_not_the_reply_to_the_next_call() {
    let (mut calls, serving) = answering(&[b"\0\0\0\x02\x81\x05\0\0\0\x02\x81\x05"]);
    assert_eq!(calls.call(&last("one")).expect("a reply"), Sum { sum: 5 });
    let error = calls.call(&last("two")).expect_err("it has a reply already");
    assert!(matches!(error, CallError::Unasked { message: Some(_), .. }), "{error}");
    drop(calls);
    assert_eq!(serving.join().expect("no panic"), b"\x02\x03one", "the second was never sent");
}

#[test]
fn a_connection_that_has_ended_is_known_before_the_request() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let connection = Connection::<Calculator>::connect(listener.local_addr().expect("bound"));
    let mut calls = Serial::over(connection.expect("it listens"));
    drop(listener.accept().expect("a client"));
    calls.connection().stream().peek(&mut [0]).expect("the end has arrived");
    let error = calls.call(&last("abc")).expect_err("nobody is there");
    assert!(matches!(error, CallError::EndedBefore(None)) && error.is_fatal(), "{error}");
}

#[test]
fn a_reply_that_is_no_message_poisons() {
    let (mut calls, _serving) = answering(&[b"\0\0\0\x01\x81"]);
    let error = calls.call(&last("abc")).expect_err("half a sum");
    assert!(error.to_string().contains("Sum.sum at byte 1: 1 more byte needed"), "{error}");
    assert!(calls.is_poisoned());
}

#[test]
fn a_server_that_goes_away_ends_the_call() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("an address");
    for (answer, text) in [
        (&b""[..], "the peer ended the stream before the reply"),
        (b"\0\0", "the stream ended inside a frame: 2 of 4 bytes came"),
    ] {
        let connection = Connection::<Calculator>::connect(address).expect("it listens");
        let (mut stream, _) = listener.accept().expect("a client");
        let serving = thread::spawn(move || {
            next_frame(&mut stream);
            stream.write_all(answer).expect("written");
        });
        let mut calls = Serial::over(connection);
        let error = calls.call_within(&last("abc"), LONG).expect_err("no reply");
        assert!(error.is_fatal() && error.to_string().ends_with(text), "{error}");
        assert!(calls.is_poisoned());
        serving.join().expect("no panic");
    }
}

#[test]
fn a_peer_that_never_reads_does_not_hold_a_call_up() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let connection = Connection::<Flooded, Flooded, _>::connect_with(
        listener.local_addr().expect("an address"),
        Length::u32().limit(64 << 20),
    );
    let _stream = listener.accept().expect("a client");
    let mut calls = Serial::over(connection.expect("it listens"));
    let began = Instant::now();
    let error = calls.call_within(&Flood { bytes: vec![0; 32 << 20] }, SHORT).err().expect("stuck");
    assert!(matches!(error, CallError::Timeout { .. }), "{error}");
    assert!(began.elapsed() < LONG);
}

/// More than the buffers of a socket hold.
#[derive(Message)]
#[msg_type = 9]
#[wire(reply = Flood)]
struct Flood {
    #[wire(rest)]
    bytes: Vec<u8>,
}

#[derive(Protocol)]
enum Flooded {
    Flood(Flood),
}
