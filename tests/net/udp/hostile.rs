//! A server of datagrams among strangers: it survives all of them, and floods nobody.

use std::net::SocketAddr;
use std::sync::mpsc::{self, Receiver};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use protocol_core::conn::{RecvError, SendError, SendErrorKind};
use protocol_core::net::server::Event;
use protocol_core::net::udp::Reply;
use protocol_core::net::udp::blocking::{Socket, Stop};

use super::{LATE, bytes, stranger};
use crate::chat::{Chat, data};

/// How long a datagram is waited for before it is sent again.
const AGAIN: Duration = Duration::from_millis(200);

/// A server in a thread of its own, and the errors that it told of.
struct Serving {
    address: SocketAddr,
    stop: Stop,
    thread: JoinHandle<Result<(), RecvError>>,
    errors: Receiver<String>,
}

fn serve(
    handler: impl FnMut(Chat, &mut Reply<'_, Chat>) -> Result<(), SendError> + Send + 'static,
) -> Serving {
    serve_on(Socket::bind("127.0.0.1:0").expect("a port"), handler)
}

fn serve_on(
    mut socket: Socket<Chat>,
    handler: impl FnMut(Chat, &mut Reply<'_, Chat>) -> Result<(), SendError> + Send + 'static,
) -> Serving {
    let (address, stop) = (socket.local_addr().expect("an address"), socket.stop_handle());
    let (told, errors) = mpsc::channel();
    let tell = move |event: &Event<'_>| {
        told.send(event.to_string()).unwrap_or_default();
    };
    let thread = thread::spawn(move || socket.serve(handler, tell));
    Serving { address, stop, thread, errors }
}

impl Serving {
    /// The next error that it tells of.
    fn error(&self) -> String {
        self.errors.recv_timeout(LATE).expect("an error")
    }

    /// Waits for an answer.
    fn is_still_there(&self) {
        let stranger = stranger();
        stranger.set_read_timeout(Some(AGAIN)).expect("set");
        let (began, mut answer) = (Instant::now(), [0; 32]);
        let length = loop {
            // In a flood it may be dropped on the way, as it may be.
            stranger.send_to(b"\x03still there", self.address).expect("sent");
            if let Ok(length) = stranger.recv(&mut answer) {
                break length;
            }
            assert!(began.elapsed() < LATE, "it does not answer");
        };
        assert_eq!(&answer[..length], b"\x03still there");
    }

    /// Ends it, once it has answered.
    fn end(self) {
        self.is_still_there();
        self.stop.stop();
        self.thread.join().expect("no panic").expect("a clean end");
        assert_eq!(self.errors.try_iter().collect::<Vec<_>>(), [""; 0], "and no other error");
    }
}

fn echo(message: Chat, reply: &mut Reply<'_, Chat>) -> Result<(), SendError> {
    reply.queue(&message)
}

#[test]
fn garbage_ends_no_server() {
    let serving = serve(echo);
    let stranger = stranger();
    let peer = stranger.local_addr().expect("an address");
    let garbage: [(&[u8], &str); 6] = [
        (b"", "Chat.type at byte 0: 1 more byte needed"),
        (b"\x09", "Chat at byte 0: no message has the type 9 (at 09)"),
        (b"\x03\xff\xfe", "Data.text at byte 1: "),
        (b"GET / HTTP/1.1\r\n", "the peer seems to speak HTTP"),
        (b"\x16\x03\x01\x02\x00", "the peer seems to speak TLS"),
        (&[0xff; 1500], "a datagram of 1500 bytes is above the limit of 1200"),
    ];
    for (bytes, says) in garbage {
        stranger.send_to(bytes, serving.address).expect("sent");
        let error = serving.error();
        assert!(error.starts_with(&format!("{peer}: ")) && error.contains(says), "{error}");
    }
    serving.end();
}

#[test]
fn a_peer_that_is_gone_ends_no_server() {
    let serving = serve(echo);
    for _ in 0..20 {
        stranger().send_to(b"\x03gone", serving.address).expect("sent");
    }
    serving.end();
}

#[test]
fn a_handler_that_panics_ends_no_server() {
    let serving = serve(|message, reply| {
        assert_ne!(message, Chat::Data(data("panic")), "as the test wants");
        reply.queue(&message)
    });
    let stranger = stranger();
    let peer = stranger.local_addr().expect("an address");
    stranger.send_to(b"\x03panic", serving.address).expect("sent");
    assert_eq!(serving.error(), format!("{peer}: the handler panicked"));
    serving.end();
}

#[test]
fn a_handler_that_fails_sends_nothing() {
    let serving = serve(|message, reply| {
        reply.queue(&message)?;
        match message {
            Chat::Data(_) => Ok(()),
            Chat::Login(_) | Chat::Short(_) => Err(SendErrorKind::Closed { pending: 7 }.into()),
        }
    });
    let stranger = stranger();
    stranger.send_to(b"\x01ann", serving.address).expect("sent");
    let peer = stranger.local_addr().expect("an address");
    let says = format!("{peer}: the stream takes no more bytes: 7 are pending");
    assert_eq!(serving.error(), says);
    stranger.send_to(b"\x03next", serving.address).expect("sent");
    assert_eq!(bytes(&stranger), b"\x03next");
    serving.end();
}

/// Replies of these lengths, as far as they are allowed.
fn replies(
    lengths: &'static [usize],
) -> impl FnMut(Chat, &mut Reply<'_, Chat>) -> Result<(), SendError> {
    move |message, reply| {
        if message == Chat::Data(data("still there")) {
            return reply.queue(&message);
        }
        let (wanted, rest) = lengths.split_first().expect("one at least");
        let room = reply.room();
        let result = reply.queue(&data(&"x".repeat(wanted - 1)));
        assert_eq!(result.is_ok(), *wanted <= room, "{wanted} in {room}");
        rest.iter().try_for_each(|length| reply.queue(&data(&"x".repeat(length - 1))))?;
        result
    }
}

#[test]
fn a_reply_is_at_most_three_times_its_request() {
    // With headers: 4 + 28 bytes allow 96, of which 28 are a header.
    for (lengths, says) in [
        (&[68][..], None),
        (&[69], Some("a reply of 69 bytes is above the 68 that its request allows")),
        (&[20, 20], None),
        (&[20, 21], Some("a reply of 21 bytes is above the 20 that its request allows")),
        (&[4, 4, 4], None),
        (&[4, 4, 4, 1], Some("a reply of 1 bytes is above the 0 that its request allows")),
    ] {
        let serving = serve(replies(lengths));
        let stranger = stranger();
        let peer = stranger.local_addr().expect("an address");
        stranger.send_to(b"\x03ask", serving.address).expect("sent");
        match says {
            Some(says) => assert_eq!(serving.error(), format!("{peer}: {says}")),
            None => {
                let seen: Vec<_> = lengths.iter().map(|_| bytes(&stranger).len()).collect();
                assert_eq!(seen, lengths);
            }
        }
        serving.end();
    }
}

#[test]
fn a_verified_peer_gets_what_it_wants() {
    let serving = serve(|message, reply| {
        if message == Chat::Data(data("ask")) {
            reply.verified();
            assert_eq!(reply.room(), 1200);
            return (0..20).try_for_each(|_| reply.queue(&data(&"x".repeat(1000))));
        }
        reply.queue(&message)
    });
    let stranger = stranger();
    stranger.send_to(b"\x03ask", serving.address).expect("sent");
    for _ in 0..20 {
        assert_eq!(bytes(&stranger).len(), 1001);
    }
    serving.end();
}

#[test]
fn the_factor_can_be_changed_and_lifted() {
    for (factor, length) in [(Some(1), 4), (Some(10), 292), (None, 1200)] {
        let mut socket = Socket::bind("127.0.0.1:0").expect("a port");
        socket.set_reply_factor(factor);
        let serving = serve_on(socket, |message, reply| {
            let room = reply.room();
            reply.queue(&if message == Chat::Data(data("ask")) {
                Chat::Data(data(&"x".repeat(room - 1)))
            } else {
                message
            })
        });
        let stranger = stranger();
        stranger.send_to(b"\x03ask", serving.address).expect("sent");
        assert_eq!(bytes(&stranger).len(), length);
        serving.end();
    }
}

#[test]
fn a_flood_is_survived() {
    let serving = serve(echo);
    let flooding: Vec<_> = (0..4)
        .map(|_| {
            let (stranger, address) = (stranger(), serving.address);
            thread::spawn(move || {
                for _ in 0..2000 {
                    stranger.send_to(b"\x03flood", address).map(drop).unwrap_or_default();
                }
            })
        })
        .collect();
    for thread in flooding {
        thread.join().expect("no panic");
    }
    serving.end();
}

#[test]
fn garbage_fills_no_log() {
    let serving = serve(echo);
    let stranger = stranger();
    let began = Instant::now();
    for _ in 0..500 {
        stranger.send_to(b"\x09", serving.address).expect("sent");
    }
    serving.is_still_there();
    let seconds = usize::try_from(began.elapsed().as_secs()).expect("few") + 2;
    serving.stop.stop();
    serving.thread.join().expect("no panic").expect("a clean end");
    let lines: Vec<_> = serving.errors.try_iter().collect();
    assert!(lines.len() >= 11 && lines.len() <= 11 * seconds, "{}", lines.len());
    assert!(lines.iter().any(|line| line.ends_with("more events were dropped")), "{lines:#?}");
}
