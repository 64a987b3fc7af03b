//! The sockets that a server listens on, of TCP and of Unix, and the streams that they give.

use core::task::{Context, Poll, ready};
use std::io;

use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
#[cfg(unix)]
use tokio::net::{UnixListener, UnixStream};

use crate::net::server::Address;

/// A socket that a server listens on: a `TcpListener` of the standard library, or where there are
/// such a `UnixListener`. Sealed.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a socket that listens",
    label = "a `TcpListener` or a `UnixListener` of the standard library belongs here"
)]
pub trait Listener: Send + sealed::Sealed + 'static {
    /// What it gives for each connection.
    type Stream: AsyncRead + AsyncWrite + Unpin + Send + 'static;

    /// The same socket in a runtime.
    #[doc(hidden)]
    type Entered: Send;

    /// Hands it to the runtime that this is called in.
    #[doc(hidden)]
    fn enter(self) -> io::Result<Self::Entered>;

    /// Waits for a connection.
    #[doc(hidden)]
    fn poll(
        entered: &Self::Entered,
        cx: &mut Context<'_>,
    ) -> Poll<io::Result<(Self::Stream, Address)>>;

    /// Has small writes sent at once: Nagle's algorithm would hold replies back for nothing, since
    /// they are batched here.
    #[doc(hidden)]
    fn hurry(stream: &Self::Stream) -> io::Result<()>;
}

mod sealed {
    pub trait Sealed {}
    impl Sealed for std::net::TcpListener {}
    #[cfg(unix)]
    impl Sealed for std::os::unix::net::UnixListener {}
}

impl Listener for std::net::TcpListener {
    type Stream = TcpStream;
    type Entered = TcpListener;

    fn enter(self) -> io::Result<TcpListener> {
        TcpListener::from_std(self)
    }

    fn poll(entered: &TcpListener, cx: &mut Context<'_>) -> Poll<io::Result<(TcpStream, Address)>> {
        let (stream, peer) = ready!(entered.poll_accept(cx))?;
        Poll::Ready(Ok((stream, peer.into())))
    }

    fn hurry(stream: &TcpStream) -> io::Result<()> {
        stream.set_nodelay(true)
    }
}

#[cfg(unix)]
impl Listener for std::os::unix::net::UnixListener {
    type Stream = UnixStream;
    type Entered = UnixListener;

    fn enter(self) -> io::Result<UnixListener> {
        UnixListener::from_std(self)
    }

    fn poll(
        entered: &UnixListener,
        cx: &mut Context<'_>,
    ) -> Poll<io::Result<(UnixStream, Address)>> {
        let (stream, _) = ready!(entered.poll_accept(cx))?;
        Poll::Ready(Ok((stream, Address::Unix)))
    }

    fn hurry(_stream: &UnixStream) -> io::Result<()> {
        Ok(())
    }
}
