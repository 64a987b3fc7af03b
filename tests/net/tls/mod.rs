//! TLS with real handshakes: what peers prove, what is refused, and what deadlines are worth.

mod certificates;
mod handshake;
mod python;
mod refused;
mod server;
mod stream;
mod tokio;

use std::net::{TcpListener, TcpStream};
use std::thread;

use protocol_core::frame::Length;
use protocol_core::net::blocking::Connection;
use protocol_core::net::tls::{Acceptor, Connector, Tls};
use protocol_core::net::{Stream, mem};

use crate::chat::Chat;

/// A connection inside TLS.
pub(crate) type Secure<S> = Connection<Chat, Chat, Length, Tls<S>>;

/// Both ends of a TCP connection.
pub(crate) fn tcp_pair() -> (TcpStream, TcpStream) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let here = TcpStream::connect(listener.local_addr().expect("an address")).expect("connected");
    (here, listener.accept().expect("accepted").0)
}

/// Shakes hands over a client's and a server's stream.
pub(crate) fn secure<C, S>(client: C, server: S) -> (Tls<C>, Tls<S>)
where
    C: Stream,
    S: Stream + Send + 'static,
{
    secure_by(&certificates::connector(), certificates::acceptor(), client, server)
}

/// Shakes hands by these configurations.
pub(crate) fn secure_by<C, S>(
    connector: &Connector,
    acceptor: Acceptor,
    client: C,
    server: S,
) -> (Tls<C>, Tls<S>)
where
    C: Stream,
    S: Stream + Send + 'static,
{
    let accepting = thread::spawn(move || acceptor.accept(server));
    let client = connector.connect("localhost", client).expect("the server is trusted");
    (client, accepting.join().expect("no panic").expect("a handshake"))
}

/// A client and a server in memory, after their handshake.
pub(crate) fn secure_mem() -> (Tls<mem::End>, Tls<mem::End>) {
    let (client, server) = mem::pair();
    secure(client, server)
}

/// A connection over a stream with the framing of these tests.
pub(crate) fn over<S: Stream>(stream: Tls<S>) -> Secure<S> {
    Connection::over(stream, Length::u32())
}
