//! The sockets for tokio: the same bytes, limits and errors.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use protocol_core::conn::{RecvErrorKind, SendErrorKind};
use protocol_core::net::server::Event;
use protocol_core::net::udp::tokio::{Connected, Socket};
use tokio::net::UdpSocket;
use tokio::task::JoinHandle;
use tokio::time::{sleep, timeout};

use super::{LATE, nobody};
use crate::chat::{Chat, data, said};

async fn socket() -> (Socket<Chat>, SocketAddr) {
    let mut socket = Socket::<Chat>::bind("127.0.0.1:0").await.expect("a port");
    socket.set_timeout(Some(LATE));
    let address = socket.local_addr().expect("an address");
    (socket, address)
}

async fn connected(peer: SocketAddr) -> Connected<Chat> {
    socket().await.0.connect(peer).await.expect("connected")
}

/// A socket of a peer that writes its bytes by hand.
async fn stranger() -> UdpSocket {
    UdpSocket::bind("127.0.0.1:0").await.expect("a port")
}

async fn bytes(socket: &UdpSocket) -> Vec<u8> {
    let mut bytes = vec![0; 1 << 16];
    let received = timeout(LATE, socket.recv_from(&mut bytes)).await;
    let (length, _) = received.expect("in time").expect("a datagram");
    bytes.truncate(length);
    bytes
}

#[tokio::test]
async fn a_datagram_is_a_message() {
    let (mut socket, address) = socket().await;
    let stranger = stranger().await;
    let peer = stranger.local_addr().expect("an address");
    stranger.send_to(b"\x03hello", address).await.expect("sent");
    assert_eq!(socket.recv_from().await.expect("DATA"), (said("hello"), peer));
    socket.send_to(&data("hello, you"), peer).await.expect("sent");
    assert_eq!(bytes(&stranger).await, b"\x03hello, you");
}

#[tokio::test]
async fn limits_hold_both_ways() {
    let (mut socket, address) = socket().await;
    let stranger = stranger().await;
    stranger.send_to(&[3; 65_507], address).await.expect("sent");
    let error = socket.recv_from().await.expect_err("too long");
    let kind = error.kind();
    assert!(matches!(kind, RecvErrorKind::Datagram { length: 65_507, allowed: 1200 }), "{kind:?}");
    assert!(!error.is_fatal());
    let peer = stranger.local_addr().expect("an address");
    let error = socket.send_to(&data(&"x".repeat(1200)), peer).await.expect_err("too long");
    let kind = error.kind();
    assert!(matches!(kind, SendErrorKind::Datagram { length: 1201, allowed: 1200 }), "{kind:?}");
    stranger.send_to(b"\x03next", address).await.expect("sent");
    assert_eq!(socket.recv_from().await.expect("DATA").0, said("next"));
}

#[tokio::test(start_paused = true)]
async fn silence_is_an_error_in_ten_seconds() {
    let (silent, address) = socket().await;
    let mut connected = connected(address).await;
    let began = tokio::time::Instant::now();
    let error = connected.recv().await.expect_err("silence");
    assert!(matches!(error.kind(), RecvErrorKind::IdleTimeout { .. }), "{error:?}");
    assert!(!error.is_fatal() && began.elapsed().as_secs() == 10);
    drop(silent);
}

#[tokio::test]
async fn a_wait_that_is_dropped_loses_nothing() {
    let (mut socket, address) = socket().await;
    assert!(timeout(Duration::from_millis(1), socket.recv_from()).await.is_err());
    stranger().await.send_to(b"\x03hello", address).await.expect("sent");
    assert_eq!(socket.recv_from().await.expect("DATA").0, said("hello"));
}

#[tokio::test]
async fn a_peer_that_is_not_there_is_named() {
    let mut connected = connected(nobody()).await;
    connected.send(&data("anybody?")).await.expect("sent");
    connected.set_timeout(Some(Duration::from_millis(500)));
    let error = connected.recv().await.expect_err("nobody");
    if cfg!(target_os = "linux") {
        assert!(matches!(error.kind(), RecvErrorKind::Unreachable(_)), "{error:?}");
    }
    assert!(!error.is_fatal());
}

#[tokio::test]
async fn the_news_that_a_reply_did_not_arrive_is_no_error_of_a_server() {
    let socket = stranger().await;
    socket.connect(nobody()).await.expect("connected");
    socket.send(b"\x03anybody?").await.expect("sent");
    let mut socket = Socket::<Chat>::over(socket);
    socket.set_timeout(Some(Duration::from_millis(200)));
    let error = socket.recv_from().await.expect_err("silence");
    assert!(matches!(error.kind(), RecvErrorKind::IdleTimeout { .. }), "{error:?}");
}

/// A server that panics when it is told so, its address, and the errors that it told of.
async fn serve() -> (JoinHandle<()>, SocketAddr, Arc<Mutex<Vec<String>>>) {
    let (mut socket, address) = socket().await;
    let errors = Arc::<Mutex<Vec<String>>>::default();
    let told = Arc::clone(&errors);
    let serving = tokio::spawn(async move {
        let serving = socket.serve(
            |message, reply| {
                assert_ne!(message, said("panic"), "as the test wants");
                if message == said("much") {
                    return reply.queue(&data(&"x".repeat(1000)));
                }
                reply.queue(&message)
            },
            move |event: &Event<'_>| told.lock().expect("no panic").push(event.to_string()),
        );
        serving.await.expect("no failure");
    });
    (serving, address, errors)
}

#[tokio::test]
async fn a_server_survives_strangers() {
    let (serving, address, errors) = serve().await;
    let stranger = stranger().await;
    let garbage: [&[u8]; 5] = [b"", b"\x09", &[0xff; 1500], b"\x03panic", b"\x03much"];
    for bytes in garbage {
        stranger.send_to(bytes, address).await.expect("sent");
    }
    stranger.send_to(b"\x03still there", address).await.expect("sent");
    assert_eq!(bytes(&stranger).await, b"\x03still there");
    let peer = stranger.local_addr().expect("an address");
    let says = [
        format!("{peer}: Chat.type at byte 0: 1 more byte needed"),
        format!("{peer}: Chat at byte 0: no message has the type 9 (at 09)"),
        format!("{peer}: a datagram of 1500 bytes is above the limit of 1200"),
        format!("{peer}: the handler panicked"),
        format!("{peer}: a reply of 1001 bytes is above the 71 that its request allows"),
    ];
    assert_eq!(*errors.lock().expect("no panic"), says);
    serving.abort();
}

#[tokio::test]
async fn a_server_ends_with_its_future() {
    let (mut socket, address) = socket().await;
    let stranger = stranger().await;
    for text in ["one", "two"] {
        stranger.send_to(data_bytes(text).as_slice(), address).await.expect("sent");
        let serving = socket
            .serve(|message, reply| reply.queue(&message), |event: &Event<'_>| panic!("{event}"));
        tokio::select! {
            ended = serving => panic!("{ended:?}"),
            echo = bytes(&stranger) => assert_eq!(echo, data_bytes(text)),
            () = sleep(LATE) => panic!("no answer"),
        }
    }
}

fn data_bytes(text: &str) -> Vec<u8> {
    [b"\x03", text.as_bytes()].concat()
}
