//! Both drivers behind one trait, so that what is promised of both is tested with one text.

use std::io;
use std::net::{TcpListener, TcpStream};
use std::time::Duration;

use protocol_core::conn::{ConnError, RecvError, RecvErrorKind, SendError, Timeouts};
use protocol_core::frame::Framing;
use protocol_core::net::{blocking, tokio as async_net};
use tokio::runtime::{Builder, Runtime};
use tokio::time::timeout;

use crate::wire::Speech;

type Received<P> = Result<Option<P>, RecvError>;

/// A connection over TCP, that speaks `P` in frames of `F`.
pub(crate) trait Driver<P, F>: Sized {
    fn over(stream: TcpStream, framing: F) -> Self;
    fn recv(&mut self) -> Received<P>;
    /// What can be received now; `None` if that is nothing.
    fn recv_now(&mut self) -> Option<Received<P>>;
    fn send(&mut self, message: &P) -> Result<(), SendError>;
    /// Sends everything back, until the peer ends.
    fn echo(&mut self) -> Result<(), ConnError>;
    fn close(self) -> Result<(), SendError>;
}

pub(crate) struct Blocking<P, F>(blocking::Connection<P, P, F>);

pub(crate) struct Tokio<P, F> {
    connection: async_net::Connection<P, P, F>,
    runtime: Runtime,
}

/// A connection and the bare socket of its peer.
pub(crate) fn pair<P, F, D: Driver<P, F>>(framing: F) -> (D, TcpStream) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let there = TcpStream::connect(listener.local_addr().expect("an address")).expect("connected");
    there.set_nodelay(true).expect("set");
    (D::over(listener.accept().expect("accepted").0, framing), there)
}

impl<P: Speech, F: Framing> Driver<P, F> for Blocking<P, F> {
    fn over(stream: TcpStream, framing: F) -> Blocking<P, F> {
        let mut connection = blocking::Connection::over(stream, framing);
        connection.set_timeouts(Timeouts::SERVER);
        Blocking(connection)
    }

    fn recv(&mut self) -> Received<P> {
        self.0.recv()
    }

    fn recv_now(&mut self) -> Option<Received<P>> {
        self.0.stream().set_nonblocking(true).expect("set");
        let received = self.0.recv();
        self.0.stream().set_nonblocking(false).expect("set");
        match received {
            Err(error) if matches!(error.kind(), RecvErrorKind::NotReady) => None,
            received => Some(received),
        }
    }

    fn send(&mut self, message: &P) -> Result<(), SendError> {
        self.0.send(message)
    }

    fn echo(&mut self) -> Result<(), ConnError> {
        self.0.answer(|message, outbox| outbox.queue(&message))
    }

    fn close(self) -> Result<(), SendError> {
        self.0.close()
    }
}

impl<P: Speech, F: Framing> Driver<P, F> for Tokio<P, F> {
    fn over(stream: TcpStream, framing: F) -> Tokio<P, F> {
        let runtime = Builder::new_current_thread().enable_all().build().expect("a runtime");
        let entered = runtime.enter();
        let stream: io::Result<_> = (|| {
            stream.set_nonblocking(true)?;
            tokio::net::TcpStream::from_std(stream)
        })();
        let stream = stream.expect("taken over");
        let mut connection = async_net::Connection::over(stream, framing);
        connection.set_timeouts(Timeouts::SERVER);
        drop(entered);
        Tokio { connection, runtime }
    }

    fn recv(&mut self) -> Received<P> {
        self.runtime.block_on(self.connection.recv())
    }

    /// The future is dropped while it waits, which must lose nothing.
    fn recv_now(&mut self) -> Option<Received<P>> {
        let recv = self.connection.recv();
        self.runtime.block_on(async { timeout(Duration::from_millis(1), recv).await }).ok()
    }

    fn send(&mut self, message: &P) -> Result<(), SendError> {
        self.runtime.block_on(self.connection.send(message))
    }

    fn echo(&mut self) -> Result<(), ConnError> {
        self.runtime.block_on(self.connection.answer(|message, outbox| outbox.queue(&message)))
    }

    fn close(self) -> Result<(), SendError> {
        self.runtime.block_on(self.connection.close())
    }
}
