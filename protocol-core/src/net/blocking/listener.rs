//! The sockets that a server listens on, of TCP and of Unix, and the streams that they give.

use std::fmt::Debug;
use std::io;
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
#[cfg(unix)]
use std::os::fd::OwnedFd;
#[cfg(unix)]
use std::os::unix::net::{self as unix, UnixListener, UnixStream};
use std::time::Duration;

use crate::net::Stream;
use crate::net::server::{Address, reachable};
#[cfg(unix)]
use crate::net::server::{FileId, file_at};

/// A socket that a server listens on: a `TcpListener`, or where there are such a `UnixListener`.
/// Sealed.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a socket that listens",
    label = "a `TcpListener` or a `UnixListener` of the standard library belongs here"
)]
pub trait Listener: Sized + Send + sealed::Sealed + 'static {
    /// What it gives for each connection.
    type Stream: Stream + Debug + Send + Sync + 'static;

    #[doc(hidden)]
    type Place: Debug;

    /// Waits for a connection.
    #[doc(hidden)]
    fn wait(&self) -> io::Result<(Self::Stream, Address)>;

    /// Where it is reached.
    #[doc(hidden)]
    fn place(&self) -> io::Result<Self::Place>;

    /// Wakes the thread that waits there, the first time with a spare handle of the socket. Whether it
    /// worked is seen by the thread.
    #[doc(hidden)]
    fn wake(place: &Self::Place, spare: Option<Self>);

    /// A second handle of the socket.
    #[doc(hidden)]
    fn second(&self) -> io::Result<Self>;

    /// Has small writes sent at once: Nagle's algorithm would hold replies back for nothing, since
    /// they are batched here.
    #[doc(hidden)]
    fn hurry(stream: &Self::Stream) -> io::Result<()>;

    /// A second handle of a stream.
    #[doc(hidden)]
    fn second_of(stream: &Self::Stream) -> io::Result<Self::Stream>;

    /// Shuts a stream down for all its handles. One that is not connected any more has nothing to shut
    /// down.
    #[doc(hidden)]
    fn shut(stream: &Self::Stream, how: Shutdown);
}

mod sealed {
    pub trait Sealed {}
    impl Sealed for std::net::TcpListener {}
    #[cfg(unix)]
    impl Sealed for std::os::unix::net::UnixListener {}
}

/// How long a listener may take to answer the connection that wakes it.
const WAKE_WITHIN: Duration = Duration::from_millis(100);

impl Listener for TcpListener {
    type Stream = TcpStream;
    type Place = SocketAddr;

    fn wait(&self) -> io::Result<(TcpStream, Address)> {
        self.accept().map(|(stream, peer)| (stream, peer.into()))
    }

    fn place(&self) -> io::Result<SocketAddr> {
        self.local_addr().map(reachable)
    }

    fn wake(place: &SocketAddr, spare: Option<TcpListener>) {
        // Its descriptor is for the connection.
        drop(spare);
        drop(TcpStream::connect_timeout(place, WAKE_WITHIN));
    }

    fn second(&self) -> io::Result<TcpListener> {
        self.try_clone()
    }

    fn hurry(stream: &TcpStream) -> io::Result<()> {
        stream.set_nodelay(true)
    }

    fn second_of(stream: &TcpStream) -> io::Result<TcpStream> {
        stream.try_clone()
    }

    fn shut(stream: &TcpStream, how: Shutdown) {
        stream.shutdown(how).unwrap_or_default();
    }
}

/// The address of a Unix socket, and which file stood there when it was listened on.
#[cfg(unix)]
#[derive(Debug)]
pub struct UnixPlace {
    address: unix::SocketAddr,
    file: Option<FileId>,
}

#[cfg(unix)]
impl Listener for UnixListener {
    type Stream = UnixStream;
    type Place = UnixPlace;

    fn wait(&self) -> io::Result<(UnixStream, Address)> {
        self.accept().map(|(stream, _)| (stream, Address::Unix))
    }

    fn place(&self) -> io::Result<UnixPlace> {
        let address = self.local_addr()?;
        let file = address.as_pathname().and_then(|path| file_at(path).ok());
        Ok(UnixPlace { address, file })
    }

    fn wake(place: &UnixPlace, spare: Option<UnixListener>) {
        let UnixPlace { address, file } = place;
        if address.as_pathname().and_then(|path| file_at(path).ok()) == *file {
            drop(spare);
            drop(UnixStream::connect_addr(address));
        } else if let Some(spare) = spare {
            // Another socket stands there, or none: this one is reached by nobody any more, so it may be
            // shut down, which wakes the thread on Linux.
            let socket = UnixStream::from(OwnedFd::from(spare));
            socket.shutdown(Shutdown::Both).unwrap_or_default();
        }
    }

    fn second(&self) -> io::Result<UnixListener> {
        self.try_clone()
    }

    fn hurry(_stream: &UnixStream) -> io::Result<()> {
        Ok(())
    }

    fn second_of(stream: &UnixStream) -> io::Result<UnixStream> {
        stream.try_clone()
    }

    fn shut(stream: &UnixStream, how: Shutdown) {
        stream.shutdown(how).unwrap_or_default();
    }
}
