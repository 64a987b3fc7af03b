//! A server inside TLS: handlers know their peers, and none waits for another's handshake.

use std::io::Write;
use std::net::{SocketAddr, TcpStream};
use std::sync::mpsc::{self, Receiver};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use protocol_core::conn::ConnError;
use protocol_core::frame::Length;
use protocol_core::net::blocking::{Connection, Handle, Server};
use protocol_core::net::server::{Event, Report, Served};
use protocol_core::net::tls::{Acceptor, Connector, Tls};

use super::certificates::{self, acceptor, connector, params, signed};
use super::{Secure, over};
use crate::chat::{Chat, data, said};

const GRACE: Duration = Duration::from_secs(20);
/// By then at the latest an event is told of, on a busy machine too.
const LATE: Duration = Duration::from_secs(20);

struct Serving {
    address: SocketAddr,
    handle: Handle,
    thread: JoinHandle<std::io::Result<Report>>,
    events: Receiver<String>,
}

/// Answers each message with the number of certificates that its sender has.
fn talk(
    mut connection: Served<Connection<Chat, Chat, Length, Tls<TcpStream>>>,
) -> Result<(), ConnError> {
    let proofs = connection.stream().peer_certificates().map_or(0, <[_]>::len);
    while connection.recv()?.is_some() {
        connection.queue(&data(&proofs.to_string()))?;
    }
    Ok(())
}

fn serve(acceptor: Acceptor) -> Serving {
    let (told, events) = mpsc::channel();
    let server = Server::<Chat>::bind("127.0.0.1:0").expect("a port").handshake(acceptor);
    let server = server.observer(move |event: &Event<'_>| {
        told.send(event.to_string()).unwrap_or_default();
    });
    let (address, handle) = (server.local_addrs()[0], server.handle());
    let thread = thread::spawn(move || server.serve(talk));
    Serving { address, handle, thread, events }
}

impl Serving {
    fn connect(&self, connector: &Connector) -> Secure<TcpStream> {
        let stream = TcpStream::connect(self.address).expect("connected");
        over(connector.connect("localhost", stream).expect("a handshake"))
    }

    fn event(&self) -> String {
        self.events.recv_timeout(LATE).expect("an event")
    }

    /// Ends it, and gives what it told of.
    fn end(self) -> (Report, Vec<String>) {
        let report = self.handle.drain(GRACE);
        self.thread.join().expect("no panic").expect("a clean end");
        (report, self.events.try_iter().collect())
    }
}

#[test]
fn handlers_know_their_peers() {
    let serving = serve(certificates::strict_acceptor());
    let mut ann = serving.connect(&certificates::connector_as(signed(&params("ann"))));
    ann.send(&data("who am I?")).expect("sent");
    assert_eq!(ann.recv().expect("DATA"), Some(said("1")));
    ann.close().expect("closed");
    let (_, events) = serving.end();
    assert_eq!(events, [""; 0]);
}

#[test]
fn a_handshake_that_stalls_holds_nobody_up() {
    let serving = serve(acceptor().within(Duration::from_secs(2)));
    let stalling: Vec<_> =
        (0..20).map(|_| TcpStream::connect(serving.address).expect("connected")).collect();
    let mut client = serving.connect(&connector());
    client.send(&data("who am I?")).expect("sent");
    assert_eq!(client.recv().expect("DATA"), Some(said("0")));
    client.close().expect("closed");
    let event = serving.event();
    assert!(event.contains("the TLS handshake took longer than 2s: 0 bytes came"), "{event}");
    drop(stalling);
    serving.end();
}

#[test]
fn plain_bytes_are_told_of() {
    let serving = serve(acceptor());
    let mut stream = TcpStream::connect(serving.address).expect("connected");
    let peer = stream.local_addr().expect("an address");
    stream.write_all(b"GET / HTTP/1.1\r\n\r\n").expect("written");
    let event = serving.event();
    assert!(event.starts_with(&format!("{peer}: ")), "{event}");
    assert!(event.contains("the peer speaks no TLS (at 47 45 54 20"), "{event}");
    assert!(event.ends_with("the peer seems to speak HTTP"), "{event}");
    assert_eq!(event.matches(&peer.to_string()).count(), 1, "{event}");
    drop(stream);
    serving.end();
}

#[test]
fn a_client_that_is_cut_is_told_of() {
    let serving = serve(acceptor());
    let mut client = serving.connect(&connector());
    client.send(&data("who am I?")).expect("sent");
    assert_eq!(client.recv().expect("DATA"), Some(said("0")));
    drop(client);
    let event = serving.event();
    assert!(event.ends_with("cut after 0 bytes of a frame, without a last word"), "{event}");
    serving.end();
}

#[test]
fn a_server_that_ends_says_so_to_silent_clients() {
    let serving = serve(acceptor());
    let mut client = serving.connect(&connector());
    client.send(&data("who am I?")).expect("sent");
    assert_eq!(client.recv().expect("DATA"), Some(said("0")));
    let waiting = thread::spawn(move || client.recv().expect("a clean end"));
    let (report, events) = serving.end();
    assert_eq!((report.finished, report.cut), (1, 0));
    assert_eq!(events, [""; 0], "an end that the server made is not the peer's");
    assert_eq!(waiting.join().expect("no panic"), None);
}

#[test]
fn a_client_connects_to_a_host_by_its_name() {
    let serving = serve(acceptor());
    let port = serving.address.port();
    let stream = connector().connect_tcp(&format!("localhost:{port}")).expect("a handshake");
    let mut client = over(stream);
    client.send(&data("who am I?")).expect("sent");
    assert_eq!(client.recv().expect("DATA"), Some(said("0")));
    client.close().expect("closed");
    let error = connector().connect_tcp(&format!("127.0.0.1:{port}")).expect_err("another name");
    assert!(error.to_string().contains("not valid for name \"127.0.0.1\""), "{error}");
    serving.end();
}

/// A handshake takes any stream that a server accepts.
#[cfg(unix)]
#[test]
fn over_a_unix_socket() {
    use std::os::unix::net::UnixStream;

    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("socket");
    let server = Server::<Chat>::bind_unix(&path).expect("bound").handshake(acceptor());
    let handle = server.handle();
    let thread = thread::spawn(move || {
        server.serve(|mut connection: Served<Secure<UnixStream>>| {
            connection.answer(|message, outbox| outbox.queue(&message))
        })
    });
    let stream = UnixStream::connect(&path).expect("connected");
    let mut client = over(connector().connect("localhost", stream).expect("a handshake"));
    client.send(&data("hello")).expect("sent");
    assert_eq!(client.recv().expect("DATA"), Some(said("hello")));
    client.close().expect("closed");
    assert_eq!(handle.drain(GRACE).cut, 0);
    thread.join().expect("no panic").expect("a clean end");
}
