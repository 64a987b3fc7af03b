//! The blocking sockets: bytes, limits, time, and the end of a server.

use std::net::{SocketAddr, UdpSocket};
use std::thread;
use std::time::{Duration, Instant};

use protocol_core::conn::{RecvErrorKind, SendErrorKind};
use protocol_core::net::server::Event;
use protocol_core::net::udp::blocking::{Connected, Socket};

use super::{LATE, bytes, nobody, stranger};
use crate::chat::{Chat, Short, Words, data, said};

const SHORT: Duration = Duration::from_millis(200);

fn socket() -> (Socket<Chat>, SocketAddr) {
    let mut socket = Socket::<Chat>::bind("127.0.0.1:0").expect("a port");
    socket.set_timeout(Some(LATE));
    let address = socket.local_addr().expect("an address");
    (socket, address)
}

fn connected(peer: SocketAddr) -> Connected<Chat> {
    socket().0.connect(peer).expect("connected")
}

#[test]
fn a_datagram_is_a_message() {
    let (mut socket, address) = socket();
    let stranger = stranger();
    let peer = stranger.local_addr().expect("an address");
    stranger.send_to(b"\x03hello", address).expect("sent");
    assert_eq!(socket.recv_from().expect("DATA"), (said("hello"), peer));
    socket.send_to(&data("hello, you"), peer).expect("sent");
    assert_eq!(bytes(&stranger), b"\x03hello, you");
}

#[test]
fn a_connected_socket_hears_its_peer_only() {
    let peer = stranger();
    let mut connected = connected(peer.local_addr().expect("an address"));
    connected.send(&data("hello")).expect("sent");
    let mut buffer = [0; 16];
    let (length, address) = peer.recv_from(&mut buffer).expect("a datagram");
    assert_eq!(&buffer[..length], b"\x03hello");
    stranger().send_to(b"\x03somebody else", address).expect("sent");
    peer.send_to(b"\x03the peer", address).expect("sent");
    assert_eq!(connected.recv().expect("DATA"), said("the peer"));
}

#[test]
fn both_families() {
    let Ok(socket) = UdpSocket::bind("[::1]:0") else {
        eprintln!("\n*** SKIPPED: this machine has no IPv6 ***\n");
        return;
    };
    let mut here = Socket::<Chat>::over(socket).expect("a socket");
    let mut there = Socket::<Chat>::bind("[::1]:0").expect("a port");
    there.send_to(&data("six"), here.local_addr().expect("an address")).expect("sent");
    assert_eq!(here.recv_from().expect("DATA").0, said("six"));
}

#[test]
fn messages_that_borrow_are_answered_in_place() {
    let mut socket = Socket::<Words<'static>>::bind("127.0.0.1:0").expect("a port");
    let stranger = stranger();
    let address = socket.local_addr().expect("an address");
    stranger.send_to(b"\x03  hello  ", address).expect("sent");
    let answered = socket.answer(|message, reply| {
        let Words::Word(word) = message;
        reply.queue(&crate::chat::Word { text: word.text.trim() })
    });
    answered.expect("answered");
    assert_eq!(bytes(&stranger), b"\x03hello");
}

#[test]
fn a_datagram_above_the_limit_is_an_error_and_never_cut() {
    let (mut socket, address) = socket();
    let stranger = stranger();
    let long = |length: usize| [b"\x03", &vec![b'x'; length - 1][..]].concat();
    for length in [1201, 65_507] {
        stranger.send_to(&long(length), address).expect("sent");
        let error = socket.recv_from().expect_err("too long");
        let kind = error.kind();
        let RecvErrorKind::Datagram { length: seen, allowed: 1200 } = *kind else {
            panic!("{kind:?}");
        };
        assert_eq!(seen, length);
        assert!(!error.is_fatal());
        let peer = stranger.local_addr().expect("an address");
        let says = format!("{peer}: a datagram of {length} bytes is above the limit of 1200");
        assert_eq!(error.to_string(), says);
    }
    stranger.send_to(&long(1200), address).expect("sent");
    assert_eq!(socket.recv_from().expect("DATA").0, said(&"x".repeat(1199)));
    socket.set_datagram_max(65_507);
    stranger.send_to(&long(65_507), address).expect("sent");
    assert_eq!(socket.recv_from().expect("DATA").0, said(&"x".repeat(65_506)));
}

#[test]
fn a_message_above_the_limit_is_not_sent() {
    let (mut socket, _) = socket();
    let stranger = stranger();
    let peer = stranger.local_addr().expect("an address");
    let error = socket.send_to(&data(&"x".repeat(1200)), peer).expect_err("too long");
    let kind = error.kind();
    assert!(matches!(kind, SendErrorKind::Datagram { length: 1201, allowed: 1200 }), "{kind:?}");
    let error = socket.send_to(&Short { text: "abc".into() }, peer).expect_err("no such message");
    assert!(matches!(error.kind(), SendErrorKind::Message(_)) && !error.is_fatal());
    // What the system does not send is the matter of that message, too.
    socket.set_datagram_max(100_000);
    let error = socket.send_to(&data(&"x".repeat(70_000)), peer).expect_err("no such datagram");
    assert!(matches!(error.kind(), SendErrorKind::Unreachable(_)) && !error.is_fatal());
    socket.send_to(&data("short"), peer).expect("sent");
    assert_eq!(bytes(&stranger), b"\x03short");
}

#[test]
fn silence_is_an_error_in_time() {
    let peer = stranger();
    let mut connected = connected(peer.local_addr().expect("an address"));
    connected.set_timeout(Some(SHORT));
    let began = Instant::now();
    let error = connected.recv().expect_err("silence");
    assert!(matches!(error.kind(), RecvErrorKind::IdleTimeout { allowed: SHORT }), "{error:?}");
    assert!(!error.is_fatal() && began.elapsed() >= SHORT && began.elapsed() < LATE);
}

#[test]
fn a_peer_that_is_not_there_is_named_and_may_come() {
    let address = nobody();
    let mut connected = connected(address);
    connected.send(&data("anybody?")).expect("sent");
    let error = connected.recv().expect_err("nobody");
    if cfg!(target_os = "linux") {
        assert!(matches!(error.kind(), RecvErrorKind::Unreachable(_)), "{error:?}");
    }
    assert!(!error.is_fatal() && error.peer() == Some(address), "{error}");
    let peer = UdpSocket::bind(address).expect("the port is free");
    peer.set_read_timeout(Some(LATE)).expect("set");
    // The first one may only fetch the news of the one before.
    while connected.send(&data("now?")).is_err() {}
    assert_eq!(bytes(&peer), b"\x03now?");
}

#[test]
fn the_news_that_a_reply_did_not_arrive_is_no_error_of_a_server() {
    let socket = UdpSocket::bind("127.0.0.1:0").expect("a port");
    // Only a connected socket gets such news on every system.
    socket.connect(nobody()).expect("connected");
    socket.send(b"\x03anybody?").expect("sent");
    let mut socket = Socket::<Chat>::over(socket).expect("a socket");
    socket.set_timeout(Some(SHORT));
    let error = socket.recv_from().expect_err("silence");
    assert!(matches!(error.kind(), RecvErrorKind::IdleTimeout { .. }), "{error:?}");
}

#[test]
fn a_server_ends_when_it_is_told() {
    for is_told_before in [false, true] {
        let (mut socket, address) = socket();
        let stop = socket.stop_handle();
        if is_told_before {
            stop.stop();
        }
        let serving = thread::spawn(move || {
            socket.serve(
                |message, reply| reply.queue(&message),
                |event: &Event<'_>| panic!("{event}"),
            )
        });
        if !is_told_before {
            let mut client = connected(address);
            client.send(&data("hello")).expect("sent");
            assert_eq!(client.recv().expect("DATA"), said("hello"));
        }
        stop.clone().stop();
        serving.join().expect("no panic").expect("a clean end");
    }
}

#[test]
fn a_server_on_all_addresses_ends_too() {
    let mut socket = Socket::<Chat>::bind("0.0.0.0:0").expect("a port");
    let stop = socket.stop_handle();
    let serving = thread::spawn(move || socket.serve(|_, _| Ok::<_, String>(()), ()));
    stop.stop();
    serving.join().expect("no panic").expect("a clean end");
}
