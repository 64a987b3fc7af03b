//! The handshake: what both ends agree on, the same words on both sides when they do not, and hostile
//! bytes.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::thread;
use std::time::{Duration, Instant};

use protocol_core::conn::{
    Beats, Greeting, Hello, HelloError, Machine, Moment, RecvErrorKind, SendErrorKind,
};
use protocol_core::frame::{FrameErrorKind, Length};
use protocol_core::net::blocking::Connection;
use protocol_core::net::tokio as asynchronous;
use protocol_core::{Message, Protocol};

use crate::pipelined::{LONG, SHORT, tcp_pair};

//   0                 4        6        8                 12
//   | magic           | oldest | newest | longest frame   |
const BYTES: &[u8; 12] = b"CHAT\x00\x01\x00\x02\x00\x00\x00\x40";
const HELLO: Hello = Hello::new(*b"CHAT").versions(1..=2).frame_max(64);

#[derive(Message, Debug, Clone, PartialEq)]
#[msg_type = 3]
struct Data {
    #[wire(len = u8)]
    text: String,
    #[wire(since = 2)]
    mood: u8,
}

#[derive(Protocol, Debug, Clone, PartialEq)]
enum Chat {
    Data(Data),
}

fn data(text: &str, mood: u8) -> Data {
    Data { text: text.into(), mood }
}

fn over<F>(stream: TcpStream, framing: F) -> Connection<Chat, Chat, F>
where
    F: protocol_core::frame::Framing,
{
    Connection::over(stream, framing)
}

/// Both ends of the handshake, over TCP.
fn both(
    here: Hello,
    there: Hello,
) -> [(Connection<Chat>, Result<protocol_core::conn::Agreed, HelloError>); 2] {
    let (near, far) = tcp_pair();
    let (mut near, mut far) = (over(near, Length::u32()), over(far, Length::u32()));
    let other = thread::spawn(move || {
        let agreed = far.hello(&there);
        (far, agreed)
    });
    let agreed = near.hello(&here);
    [(near, agreed), other.join().expect("no panic")]
}

#[test]
fn the_bytes_are_those_of_the_table() {
    assert_eq!(&HELLO.to_bytes(), BYTES);
    let agreed = HELLO.agree(BYTES).expect("the same");
    assert_eq!((agreed.version, agreed.frame_max), (2, 64));
}

#[test]
fn both_ends_speak_the_newest_common_version() {
    let newer = HELLO.versions(1..=7).frame_max(1000);
    let [(mut here, near), (mut there, far)] = both(HELLO, newer);
    let (near, far) = (near.expect("agreed"), far.expect("agreed"));
    assert_eq!((near.version, near.frame_max), (2, 1000));
    assert_eq!((far.version, far.frame_max), (2, 64));
    here.send(&data("hi", 7)).expect("sent");
    assert_eq!(there.recv().expect("a message"), Some(data("hi", 7).into()));
}

#[test]
fn messages_are_those_of_the_agreed_version() {
    let [(mut here, near), (mut there, far)] = both(HELLO, HELLO.versions(1..=1));
    assert_eq!((near.expect("agreed").version, far.expect("agreed").version), (1, 1));
    here.send(&data("hi", 7)).expect("sent");
    assert_eq!(
        there.recv().expect("a message"),
        Some(data("hi", 0).into()),
        "no mood in version 1"
    );
    let mut bytes = Vec::new();
    there.send(&data("hi", 7)).expect("sent");
    there.close().expect("closed");
    here.stream().read_to_end(&mut bytes).expect("bytes");
    assert_eq!(bytes, b"\0\0\0\x04\x03\x02hi");
}

#[test]
fn no_end_sends_a_frame_that_the_other_does_not_take() {
    let [(mut here, near), (mut there, _)] = both(HELLO, HELLO.frame_max(16));
    near.expect("agreed");
    let error = here.send(&data("0123456789", 0)).expect_err("17 bytes");
    let SendErrorKind::Frame(frame) = error.kind() else { panic!("{error}") };
    assert_eq!(frame.kind(), FrameErrorKind::AboveLimit { claimed: 17, allowed: 16 });
    assert!(!error.is_fatal());
    here.send(&data("012345678", 0)).expect("16 bytes");
    assert_eq!(there.recv().expect("a message"), Some(data("012345678", 0).into()));
    // Who sends one all the same is cut at its header.
    here.stream().write_all(&17_u32.to_be_bytes()).expect("written");
    let error = there.recv().expect_err("too long");
    assert!(matches!(error.kind(), RecvErrorKind::Frame(_)), "{error}");
}

#[test]
fn a_mismatch_is_said_in_words_on_both_sides() {
    let [(_, near), (_, far)] = both(HELLO, HELLO.versions(3..=3));
    assert_eq!(near.expect_err("older").to_string(), "the peer speaks version 3, this side 1 to 2");
    assert_eq!(far.expect_err("newer").to_string(), "the peer speaks version 1 to 2, this side 3");
    let [(_, near), (_, far)] = both(HELLO, Hello::new(*b"MAIL"));
    let text = "the peer begins with \"MAIL\" where \"CHAT\" is expected";
    assert_eq!(near.expect_err("another protocol").to_string(), text);
    let text = "the peer begins with \"CHAT\" where \"MAIL\" is expected";
    assert_eq!(far.expect_err("another protocol").to_string(), text);
}

/// What the handshake says to a peer that sends these bytes and then ends the stream.
fn said_to(bytes: &[u8]) -> String {
    let (here, mut there) = tcp_pair();
    there.write_all(bytes).expect("written");
    there.shutdown(Shutdown::Write).expect("ended");
    over(here, Length::u32()).hello(&HELLO).map_or_else(|it| it.to_string(), |it| format!("{it:?}"))
}

#[test]
fn hostile_bytes_are_refused() {
    for length in 0..BYTES.len() {
        let text =
            format!("the stream ended inside the hello of the peer: {length} of 12 bytes came");
        assert_eq!(said_to(&BYTES[..length]), text);
    }
    let http = said_to(b"GET / HTTP/1.1\r\n\r\n");
    assert!(
        http.starts_with("the peer begins with \"GET \" where \"CHAT\" is expected; "),
        "{http}"
    );
    assert!(
        said_to(b"\x16\x03\x01\x02").starts_with("the peer begins with \"\\x16\\x03\\x01\\x02\"")
    );
    assert_eq!(
        said_to(b"CHAT\x00\x03\x00\x02\x00\x00\x10\x00"),
        "the hello of the peer contradicts itself: versions 3 to 2, frames of at most 4096 bytes"
    );
    assert_eq!(
        said_to(b"CHAT\x00\x01\x00\x02\x00\x00\x00\x00"),
        "the hello of the peer contradicts itself: versions 1 to 2, frames of at most 0 bytes"
    );
    for index in 0..4 {
        for bit in 0..8 {
            let mut bytes = *BYTES;
            bytes[index] ^= 1 << bit;
            let text = said_to(&bytes);
            assert!(text.starts_with("the peer begins with "), "bit {bit} of byte {index}: {text}");
        }
    }
}

#[test]
fn not_one_byte_more_is_read() {
    let (here, mut there) = tcp_pair();
    let mut here = over(here, Length::u32());
    there.write_all(&[&BYTES[..], b"\0\0\0\x05\x03\x02hi\x07"].concat()).expect("written");
    here.hello(&HELLO).expect("agreed");
    assert_eq!(here.recv().expect("a message"), Some(data("hi", 7).into()));
}

#[test]
fn a_silent_peer_is_cut() {
    let (here, _there) = tcp_pair();
    let began = Instant::now();
    let error = over(here, Length::u32()).hello(&HELLO.within(SHORT)).expect_err("silence");
    assert!(matches!(error, HelloError::Timeout { have: 0, allowed: SHORT }), "{error}");
    assert!(began.elapsed() < LONG);
}

#[test]
fn a_peer_that_drips_is_cut() {
    let (here, mut there) = tcp_pair();
    let dripping = thread::spawn(move || {
        for byte in BYTES.chunks(1) {
            thread::sleep(Duration::from_millis(50));
            if there.write_all(byte).is_err() {
                return;
            }
        }
        there.read_to_end(&mut Vec::new()).unwrap_or_default();
    });
    let error = over(here, Length::u32()).hello(&HELLO.within(SHORT)).expect_err("too slow");
    assert!(matches!(error, HelloError::Timeout { have: 1.., .. }), "{error}");
    dripping.join().expect("no panic");
}

#[test]
fn every_split_gives_the_same_agreement() {
    for split in 0..=BYTES.len() {
        let mut greeting = Greeting::new(&HELLO);
        for part in [&BYTES[..split], &BYTES[split..]] {
            greeting.space()[..part.len()].copy_from_slice(part);
            greeting.received(part.len());
        }
        assert_eq!(greeting.agreed().expect("agreed").map(|it| it.version), Some(2));
        assert_eq!(greeting.space(), b"");
    }
}

#[tokio::test]
async fn the_same_for_tokio() {
    let (here, there) = tokio::io::duplex(1);
    let mut here = asynchronous::Connection::<Chat, Chat, _, _>::over(here, Length::u32());
    let mut there = asynchronous::Connection::<Chat, Chat, _, _>::over(there, Length::u32());
    let older = HELLO.versions(1..=1).frame_max(16);
    let (near, far) = tokio::join!(here.hello(&HELLO), there.hello(&older));
    assert_eq!((near.expect("agreed").version, far.expect("agreed").version), (1, 1));
    let long = here.send(&data("0123456789a", 0)).await.expect_err("too long");
    assert!(matches!(long.kind(), SendErrorKind::Frame(_)), "{long}");
    let hi = data("hi", 7);
    let (sent, received) = tokio::join!(here.send(&hi), there.recv());
    sent.expect("sent");
    assert_eq!(received.expect("a message"), Some(data("hi", 0).into()));
}

#[tokio::test]
async fn the_same_mismatches_for_tokio() {
    let (here, there) = tokio::io::duplex(64);
    let mut here = asynchronous::Connection::<Chat, Chat, _, _>::over(here, Length::u32());
    let mut there = asynchronous::Connection::<Chat, Chat, _, _>::over(there, Length::u32());
    let newer = HELLO.versions(3..=4);
    let (near, far) = tokio::join!(here.hello(&HELLO), there.hello(&newer));
    assert_eq!(
        near.expect_err("older").to_string(),
        "the peer speaks version 3 to 4, this side 1 to 2"
    );
    assert_eq!(
        far.expect_err("newer").to_string(),
        "the peer speaks version 1 to 2, this side 3 to 4"
    );

    let (here, _there) = tokio::io::duplex(64);
    let mut here = asynchronous::Connection::<Chat, Chat, _, _>::over(here, Length::u32());
    let error = here.hello(&HELLO.within(SHORT)).await.expect_err("silence");
    assert!(matches!(error, HelloError::Timeout { have: 0, .. }), "{error}");
}

#[test]
fn a_client_of_a_port_without_hello_is_told_so() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("an address");
    let serving = thread::spawn(move || {
        let (mut stream, _) = listener.accept().expect("a client");
        stream.write_all(b"SSH-2.0-OpenSSH_9.9\r\n").expect("written");
        stream.read_to_end(&mut Vec::new()).unwrap_or_default();
    });
    let mut client = Connection::<Chat>::connect(address).expect("it listens");
    let text = client.hello(&HELLO).expect_err("another protocol").to_string();
    assert!(text.starts_with("the peer begins with \"SSH-\" where \"CHAT\" is expected"), "{text}");
    drop(client);
    serving.join().expect("no panic");
}

#[test]
fn beats_are_in_the_version_and_the_limits_of_their_moment() {
    let at = |seconds| Moment::START.after(Duration::from_secs(seconds));
    let mut machine = Machine::<Chat>::new(Length::u32());
    let beats = Beats::every(Duration::from_secs(10));
    machine.set_beats(beats, data("beat", 7)).expect("it can be packed");
    let beat = |machine: &mut Machine<Chat>, seconds| {
        machine.wait(at(seconds))?;
        machine.waited(at(seconds + 10));
        machine.wait(at(seconds + 10))?;
        let beat = machine.pending().to_vec();
        machine.written(beat.len(), at(seconds + 10));
        machine.received(0, at(seconds + 10));
        Ok::<_, protocol_core::conn::RecvError>(beat)
    };
    assert_eq!(beat(&mut machine, 0).expect("a beat"), b"\0\0\0\x07\x03\x04beat\x07");
    let agreed = |version, frame_max| {
        let mut greeting = Greeting::new(&HELLO);
        let hello = Greeting::new(&HELLO.versions(version..=version).frame_max(frame_max));
        greeting.space().copy_from_slice(hello.pending());
        greeting.received(hello.pending().len());
        greeting.agreed().expect("agreed").expect("whole")
    };
    machine.agree(&HELLO, agreed(1, 64));
    let old = beat(&mut machine, 10).expect("a beat");
    assert_eq!(old, b"\0\0\0\x06\x03\x04beat", "no mood in version 1");
    machine.agree(&HELLO, agreed(2, 8));
    let error = beat(&mut machine, 20).expect_err("too long for the peer");
    let RecvErrorKind::Flush(SendErrorKind::Frame(frame)) = error.kind() else { panic!("{error}") };
    assert_eq!(frame.kind(), FrameErrorKind::AboveLimit { claimed: 11, allowed: 8 });
}
