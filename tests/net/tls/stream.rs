//! A stream inside TLS ends, stalls, drips and breaks as one without does, and loses nothing.

use std::io::{self, ErrorKind, Read, Write};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use protocol_core::conn::{CallError, RecvErrorKind, SendErrorKind, Serial, Timeouts};
use protocol_core::frame::Length;
use protocol_core::net::blocking::Connection;
use protocol_core::net::mem::{self, End};
use protocol_core::net::tls::Tls;
use protocol_core::net::{Split, Stream};

use super::{over, secure, secure_mem, tcp_pair};
use crate::chat::{data, said};
use crate::serial::{Calculator, Sum, last};

const SHORT: Duration = Duration::from_millis(200);
const DROP: Duration = Duration::from_millis(20);
const LATE: Duration = Duration::from_secs(5);

fn hasty() -> Timeouts {
    Timeouts { frame: Some(SHORT), idle: Some(SHORT), write: Some(SHORT) }
}

/// An end that can be told to hold back what is written to it.
struct Held {
    end: End,
    held: Valve,
}

type Valve = Arc<Mutex<Option<Vec<u8>>>>;

impl Read for Held {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.end.read(buffer)
    }
}

impl Write for Held {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut *self.held.lock().expect("no panic") {
            Some(held) => held.write(bytes),
            None => self.end.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Stream for Held {
    fn read_within(&mut self, time: Option<Duration>) -> io::Result<()> {
        self.end.read_within(time)
    }

    fn write_within(&mut self, time: Option<Duration>) -> io::Result<()> {
        self.end.write_within(time)
    }

    fn end_writing(&mut self) -> io::Result<()> {
        self.end.end_writing()
    }

    fn peer(&self) -> Option<SocketAddr> {
        None
    }
}

/// A client, a server whose records can be held back, and the way on which they then are sent.
fn held_back() -> (Tls<End>, Tls<Held>, Valve, End) {
    let (client, server) = mem::pair_of(1 << 20);
    let (end, way) = server.split().expect("two handles");
    let held = Valve::default();
    let (client, server) = secure(client, Held { end, held: Arc::clone(&held) });
    (client, server, held, way)
}

/// The records of what `send` sends.
fn records(held: &Valve, send: impl FnOnce()) -> Vec<u8> {
    *held.lock().expect("no panic") = Some(Vec::new());
    send();
    held.lock().expect("no panic").take().expect("records")
}

#[test]
fn a_close_is_a_clean_end() {
    let (client, server) = secure_mem();
    let (mut client, server) = (over(client), over(server));
    let closing = thread::spawn(move || server.close());
    assert_eq!(client.recv().expect("an end"), None);
    drop(client);
    closing.join().expect("no panic").expect("closed");
}

#[test]
fn an_end_without_a_word_is_a_cut() {
    let (client, server) = tcp_pair();
    let (client, server) = secure(client, server);
    let (mut client, mut server) = (over(client), over(server));
    server.send(&data("the last")).expect("sent");
    drop(server);
    assert_eq!(client.recv().expect("DATA"), Some(said("the last")));
    let error = client.recv().map(drop).expect_err("a cut");
    assert!(matches!(error.kind(), RecvErrorKind::Cut { have: 0 }) && error.is_fatal());
    let says = "the stream was cut after 0 bytes of a frame, without a last word";
    assert!(error.to_string().ends_with(says), "{error}");
}

#[test]
fn an_end_without_a_word_in_a_frame_says_what_came() {
    let (mut client, server) = secure_mem();
    client.write_all(b"\x00\x00\x00\x07\x03he").expect("written");
    drop(client);
    let error = over(server).recv().map(drop).expect_err("a cut");
    assert!(matches!(error.kind(), RecvErrorKind::Cut { have: 7 }), "{error:?}");
}

#[test]
fn an_end_in_a_record_is_a_cut() {
    let (client, server, held, mut way) = held_back();
    let (mut client, mut server) = (over(client), over(server));
    let bytes = records(&held, || server.send(&data("hello")).expect("sent"));
    way.write_all(&bytes[..bytes.len() - 1]).expect("written");
    drop((server, way));
    let error = client.recv().map(drop).expect_err("a cut");
    assert!(matches!(error.kind(), RecvErrorKind::Cut { have: 0 }), "{error:?}");
}

#[test]
fn an_end_can_be_answered() {
    let (mut client, mut server) = secure_mem();
    client.write_all(b"a question").expect("written");
    client.end_writing().expect("ended");
    let mut text = String::new();
    server.read_to_string(&mut text).expect("a clean end");
    server.write_all(b"an answer").expect("written");
    server.end_writing().expect("ended");
    client.read_to_string(&mut text).expect("a clean end");
    assert_eq!(text, "a questionan answer");
}

#[test]
fn a_byte_at_a_time() {
    let (mut client, mut server) = mem::pair();
    client.set_chunk(1);
    server.set_chunk(1);
    let (client, server) = secure(client, server);
    let (mut client, mut server) = (over(client), over(server));
    for text in ["", "a", "hello"] {
        client.send(&data(text)).expect("sent");
        assert_eq!(server.recv().expect("DATA"), Some(said(text)));
    }
}

#[test]
fn large_messages_both_ways() {
    let (client, server) = tcp_pair();
    let (client, server) = secure(client, server);
    let (mut client, mut server) = (over(client), over(server));
    let serving = thread::spawn(move || {
        server.answer(|message, outbox| outbox.queue(&message)).expect("a clean end");
        server.close().expect("closed");
    });
    for length in [16 * 1024 - 6, 16 * 1024, 100_000, (1 << 20) - 1] {
        let text = "x".repeat(length);
        client.send(&data(&text)).expect("sent");
        assert!(client.recv().expect("DATA") == Some(said(&text)), "{length}");
    }
    client.close().expect("closed");
    serving.join().expect("no panic");
}

#[test]
fn a_read_that_is_late_in_a_record_loses_nothing() {
    let (client, server, held, mut way) = held_back();
    let (mut client, mut server) = (over(client), over(server));
    client.set_timeouts(hasty());
    for cut in [1, 5, 20, usize::MAX] {
        let bytes = records(&held, || server.send(&data("hello")).expect("sent"));
        let (first, second) = bytes.split_at(cut.min(bytes.len() - 1));
        way.write_all(first).expect("written");
        let error = client.recv().map(drop).expect_err("not whole");
        assert!(matches!(error.kind(), RecvErrorKind::IdleTimeout { .. }), "{error:?}");
        way.write_all(second).expect("written");
        assert_eq!(client.recv().expect("DATA"), Some(said("hello")));
    }
}

/// Sends records a byte at a time, until the other end has enough of it.
fn drip(bytes: Vec<u8>, mut way: End) -> thread::JoinHandle<bool> {
    thread::spawn(move || {
        bytes.chunks(1).all(|byte| {
            thread::sleep(DROP);
            way.write_all(byte).is_ok()
        })
    })
}

#[test]
fn a_record_that_drips_is_silence() {
    let (client, server, held, way) = held_back();
    let (mut client, mut server) = (over(client), over(server));
    client.set_timeouts(hasty());
    let bytes = records(&held, || server.send(&data(&"x".repeat(1000))).expect("sent"));
    let dripping = drip(bytes, way);
    let began = Instant::now();
    let error = client.recv().map(drop).expect_err("too slow");
    assert!(matches!(error.kind(), RecvErrorKind::IdleTimeout { .. }), "{error:?}");
    assert!(began.elapsed() < LATE);
    drop((client, server));
    assert!(!dripping.join().expect("no panic"), "it was not cut");
}

#[test]
fn a_frame_whose_records_drip_is_cut() {
    let (client, server, held, mut way) = held_back();
    let (mut client, mut server) = (over(client), over(server));
    client.set_timeouts(Timeouts { idle: None, ..hasty() });
    // Two records: the frame does not fit into one.
    let bytes = records(&held, || server.send(&data(&"x".repeat(20_000))).expect("sent"));
    let (first, second) = bytes.split_at(16_384 + 5 + 17);
    way.write_all(first).expect("written");
    let dripping = drip(second.to_vec(), way);
    let began = Instant::now();
    let error = client.recv().map(drop).expect_err("too slow");
    let RecvErrorKind::FrameTimeout { have: 16_384, needed: 20_005, allowed: SHORT } = error.kind()
    else {
        panic!("{error:?}");
    };
    assert!(began.elapsed() < LATE);
    drop((client, server));
    assert!(!dripping.join().expect("no panic"), "it was not cut");
}

#[test]
fn a_peer_that_takes_nothing_is_cut() {
    let (client, server) = tcp_pair();
    let (client, _server) = secure(client, server);
    let mut client = over(client);
    client.set_timeouts(hasty());
    let began = Instant::now();
    let error = loop {
        if let Err(error) = client.send(&data(&"x".repeat(100_000))) {
            break error;
        }
        assert!(began.elapsed() < LATE, "it is not cut");
    };
    assert!(matches!(error.kind(), SendErrorKind::Stalled { allowed: SHORT, .. }), "{error:?}");
}

#[test]
fn a_write_that_is_late_is_finished_by_the_next() {
    let (mut client, mut server) = secure_mem();
    client.write_within(Some(SHORT)).expect("set");
    let text: Vec<u8> = (0..200_000_u32).map(|index| index.to_be_bytes()[3]).collect();
    let mut taken = 0;
    let error = loop {
        match client.write(&text[taken..]) {
            Ok(count) => taken += count,
            Err(error) => break error,
        }
    };
    assert!(matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut), "{error:?}");
    let length = text.len();
    let reading = thread::spawn(move || {
        let mut bytes = vec![0; length];
        server.read_exact(&mut bytes).expect("all of it");
        bytes
    });
    client.write_all(&text[taken..]).expect("written");
    client.flush().expect("written");
    assert!(reading.join().expect("no panic") == text);
}

#[test]
fn a_damaged_record_is_told_to_both() {
    let (client, server, held, mut way) = held_back();
    let (mut client, mut server) = (over(client), over(server));
    let whole = records(&held, || server.send(&data("whole")).expect("sent"));
    let mut bytes = records(&held, || server.send(&data("hello")).expect("sent"));
    bytes[10] ^= 1;
    way.write_all(&[whole, bytes].concat()).expect("written");
    assert_eq!(client.recv().expect("what came before"), Some(said("whole")));
    let error = client.recv().map(drop).expect_err("damaged");
    let RecvErrorKind::Io(cause) = error.kind() else { panic!("{error:?}") };
    assert_eq!(cause.kind(), ErrorKind::InvalidData);
    assert!(error.is_fatal());
    let error = server.recv().map(drop).expect_err("an alert");
    assert!(error.to_string().contains("BadRecordMac"), "{error}");
}

/// Records of tickets, which hold no message, come before the first of them.
#[test]
fn what_came_before_a_request_is_seen_inside_tls_too() {
    for is_unasked in [false, true] {
        let (client, server) = tcp_pair();
        server.set_nodelay(true).expect("set");
        let (client, server) = secure(client, server);
        let mut server = Connection::<Calculator, Calculator, _, _>::over(server, Length::u32());
        if is_unasked {
            server.send(&Sum { sum: 1 }).expect("sent");
        }
        client.stream().peek(&mut [0]).expect("it has arrived");
        let serving = thread::spawn(move || {
            while server.recv().expect("a clean end").is_some() {
                server.send(&Sum { sum: 2 }).expect("sent");
            }
        });
        let client = Connection::<Calculator, Calculator, _, _>::over(client, Length::u32());
        let mut calls = Serial::over(client);
        match calls.call(&last("abc")) {
            Ok(reply) => assert_eq!((reply, is_unasked), (Sum { sum: 2 }, false)),
            Err(CallError::Unasked { message, .. }) => {
                assert_eq!((message, is_unasked), (Some(Calculator::Sum(Sum { sum: 1 })), true));
            }
            Err(error) => panic!("{error}"),
        }
        calls.into_connection().close().expect("closed");
        serving.join().expect("no panic");
    }
}
