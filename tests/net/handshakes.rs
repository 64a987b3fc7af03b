//! Handshakes that take too long, whatever they do: the server ends them, of either kind.

use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::mpsc::{self, Receiver};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use protocol_core::conn::ConnError;
use protocol_core::net::server::{Event, Report, Served};
use protocol_core::net::{blocking, tokio as asynchronous};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use crate::chat::{Chat, frame};

/// By then at the latest something has happened, on a busy machine too.
const LATE: Duration = Duration::from_secs(10);
const SHORT: Duration = Duration::from_millis(500);

/// Both servers, since each must do the same.
const KINDS: [Kind; 2] = [Kind::Blocking, Kind::Async];

#[derive(Debug, Clone, Copy)]
enum Kind {
    Blocking,
    Async,
}

/// A server whose handshake is ten bytes, each read for itself, the last of which says how long it rests,
/// or that it panics.
struct Running {
    address: SocketAddr,
    events: Receiver<String>,
    drain: Box<dyn Fn()>,
    serving: JoinHandle<io::Result<Report>>,
}

fn shake_hands(mut stream: TcpStream) -> io::Result<TcpStream> {
    let mut byte = [0];
    (0..10).try_for_each(|_| stream.read_exact(&mut byte))?;
    assert!(byte[0] != 255, "as the test wants it");
    thread::sleep(SHORT * u32::from(byte[0]));
    Ok(stream)
}

async fn shake_hands_async(mut stream: tokio::net::TcpStream) -> io::Result<tokio::net::TcpStream> {
    let mut byte = [0];
    for _ in 0..10 {
        stream.read_exact(&mut byte).await?;
    }
    assert!(byte[0] != 255, "as the test wants it");
    tokio::time::sleep(SHORT * u32::from(byte[0])).await;
    Ok(stream)
}

fn talk(mut connection: Served<blocking::Connection<Chat>>) -> Result<(), ConnError> {
    connection.answer(|message, outbox| outbox.queue(&message))
}

async fn talk_async(
    mut connection: Served<asynchronous::Connection<Chat>>,
) -> Result<(), ConnError> {
    connection.answer(|message, outbox| outbox.queue(&message)).await
}

impl Running {
    fn start(kind: Kind, handshakes: usize) -> Running {
        let (sender, events) = mpsc::channel();
        let observer = move |event: &Event<'_>| sender.send(event.to_string()).unwrap_or_default();
        match kind {
            Kind::Blocking => {
                let server = blocking::Server::<Chat>::bind("127.0.0.1:0").expect("a port");
                let server = server.handshake(shake_hands).handshakes(handshakes);
                let server = server.handshake_within(SHORT).observer(observer);
                let (address, handle) = (server.local_addrs()[0], server.handle());
                let serving = thread::spawn(move || server.serve(talk));
                let drain = Box::new(move || {
                    handle.drain(LATE);
                });
                Running { address, events, drain, serving }
            }
            Kind::Async => {
                let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
                let runtime = runtime.expect("a runtime");
                let server = asynchronous::Server::<Chat>::bind("127.0.0.1:0");
                let server = runtime.block_on(server).expect("a port");
                let server = server.handshake(shake_hands_async).handshakes(handshakes);
                let server = server.handshake_within(SHORT).observer(observer);
                let (address, handle) = (server.local_addrs()[0], server.handle());
                let serving = thread::spawn(move || runtime.block_on(server.serve(talk_async)));
                let drain = Box::new(move || drop(handle.drain(LATE)));
                Running { address, events, drain, serving }
            }
        }
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).expect("connected");
        stream.set_read_timeout(Some(LATE)).expect("set");
        stream
    }

    /// The next event, which is that of this peer.
    fn event_of(&self, stream: &TcpStream) -> String {
        let event = self.events.recv_timeout(LATE).expect("an event");
        let peer = format!("{}: ", stream.local_addr().expect("known"));
        event.strip_prefix(&peer).unwrap_or_else(|| panic!("{event}")).to_owned()
    }

    fn end(self) {
        (self.drain)();
        assert_eq!(self.serving.join().expect("no panic").expect("served").cut, 0);
        assert_eq!(self.events.iter().collect::<Vec<_>>(), [""; 0]);
    }
}

/// Whether the stream was closed, in order or not.
fn is_closed(stream: &mut TcpStream) -> bool {
    !matches!(stream.read(&mut [0]), Ok(1..))
}

#[test]
fn one_that_drips_byte_by_byte_is_ended() {
    for kind in KINDS {
        let server = Running::start(kind, 10);
        let mut stream = server.connect();
        let began = Instant::now();
        // Each byte comes in a third of the time that all of them have.
        let drops = (0..9).take_while(|_| stream.write_all(&[0]).is_ok());
        let taken = drops.inspect(|_| thread::sleep(SHORT / 3)).count();
        assert!(is_closed(&mut stream) && began.elapsed() < LATE, "{taken} bytes were taken");
        assert_eq!(server.event_of(&stream), "the handshake took longer than 500ms");
        server.end();
    }
}

#[test]
fn one_that_waits_for_its_turn_has_no_more_time() {
    for kind in KINDS {
        let server = Running::start(kind, 1);
        let mut first = server.connect();
        first.write_all(&[0; 9]).expect("written");
        // Long enough for the first one to be inside, and for the second one to stay outside.
        thread::sleep(SHORT / 3);
        let mut second = server.connect();
        second.write_all(&[0; 9]).expect("written");
        assert_eq!(server.event_of(&first), "the handshake took longer than 500ms");
        assert_eq!(server.event_of(&second), "the handshake took longer than 500ms");
        assert!(is_closed(&mut first) && is_closed(&mut second));
        server.end();
    }
}

#[test]
fn one_that_succeeds_too_late_has_failed() {
    for kind in KINDS {
        let server = Running::start(kind, 10);
        let mut stream = server.connect();
        stream.write_all(&[0, 0, 0, 0, 0, 0, 0, 0, 0, 3]).expect("written");
        assert_eq!(server.event_of(&stream), "the handshake took longer than 500ms");
        assert!(is_closed(&mut stream));
        server.end();
    }
}

#[test]
fn the_time_ends_with_the_handshake() {
    for kind in KINDS {
        let server = Running::start(kind, 10);
        let mut stream = server.connect();
        stream.write_all(&[0; 10]).expect("written");
        for _ in 0..2 {
            let mut reply = [0; 10];
            stream.write_all(&frame(b"\x03hello")).expect("written");
            stream.read_exact(&mut reply).expect("a reply");
            thread::sleep(SHORT * 2);
        }
        server.end();
    }
}

#[test]
fn one_that_panics_is_told_of_and_gives_its_turn_back() {
    for kind in KINDS {
        let server = Running::start(kind, 1);
        for _ in 0..2 {
            let mut stream = server.connect();
            stream.write_all(&[0, 0, 0, 0, 0, 0, 0, 0, 0, 255]).expect("written");
            assert_eq!(server.event_of(&stream), "the handshake panicked");
            assert!(is_closed(&mut stream));
        }
        server.end();
    }
}

#[tokio::test]
async fn there_may_be_any_number_of_them() {
    let server = asynchronous::Server::<Chat>::bind("127.0.0.1:0").await.expect("a port");
    let server = server.handshakes(usize::MAX);
    let (address, handle) = (server.local_addrs()[0], server.handle());
    let serving = tokio::spawn(server.serve(talk_async));
    let client = tokio::net::TcpStream::connect(address).await;
    let mut client = client.expect("it listens");
    client.write_all(&frame(b"\x03hi")).await.expect("written");
    let mut reply = [0; 7];
    client.read_exact(&mut reply).await.expect("a reply");
    assert_eq!(reply[..], frame(b"\x03hi"));
    handle.drain(LATE).await;
    serving.await.expect("no panic").expect("served");
}
