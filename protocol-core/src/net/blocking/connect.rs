//! How a blocking connection is made: to the first address that answers, or to a path.

use std::format;
use std::io::{self, ErrorKind};
use std::net::{TcpStream, ToSocketAddrs};
#[cfg(unix)]
use std::os::unix::net::UnixStream;
#[cfg(unix)]
use std::path::Path;
use std::time::Duration;

use super::Connection;
use crate::Protocol;
use crate::frame::Framing;

/// How long one address may take to answer a connection attempt.
const CONNECT_WITHIN: Duration = Duration::from_secs(10);

impl<In, Out, F: Framing> Connection<In, Out, F, TcpStream> {
    /// Connects to the first of the addresses that answers, with the default of the framing.
    ///
    /// Each address gets 10 s. `TCP_NODELAY` is on: messages are batched here, not in the kernel.
    ///
    /// # Errors
    /// If there is no address, or none answers; the error is that of the last one and names it.
    pub fn connect(address: impl ToSocketAddrs) -> io::Result<Connection<In, Out, F>>
    where
        In: Protocol,
        F: Default,
    {
        Connection::connect_with(address, F::default())
    }

    /// Connects as [`connect`](Connection::connect) does, with this framing.
    ///
    /// # Errors
    /// As for [`connect`](Connection::connect).
    pub fn connect_with(
        address: impl ToSocketAddrs,
        framing: F,
    ) -> io::Result<Connection<In, Out, F>>
    where
        In: Protocol,
    {
        Connection::connect_within(address, framing, CONNECT_WITHIN)
    }

    /// Connects as [`connect_with`](Connection::connect_with) does, and gives each address so long.
    ///
    /// # Errors
    /// As for [`connect`](Connection::connect).
    pub fn connect_within(
        address: impl ToSocketAddrs,
        framing: F,
        within: Duration,
    ) -> io::Result<Connection<In, Out, F>>
    where
        In: Protocol,
    {
        let stream = first_within(address, within)?;
        stream.set_nodelay(true)?;
        Ok(Connection::over(stream, framing))
    }
}

#[cfg(unix)]
impl<In, Out, F: Framing> Connection<In, Out, F> {
    /// Connects to the Unix socket at `path`, with the default of the framing.
    ///
    /// The standard library has no time limit for this: a server that accepts nothing, and whose queue of
    /// connections is full, is waited for.
    ///
    /// # Errors
    /// If nobody listens there; the error names the path.
    pub fn connect_unix(path: impl AsRef<Path>) -> io::Result<Connection<In, Out, F, UnixStream>>
    where
        In: Protocol,
        F: Default,
    {
        Connection::connect_unix_with(path, F::default())
    }

    /// Connects as [`connect_unix`](Connection::connect_unix) does, with this framing.
    ///
    /// # Errors
    /// As for [`connect_unix`](Connection::connect_unix).
    pub fn connect_unix_with(
        path: impl AsRef<Path>,
        framing: F,
    ) -> io::Result<Connection<In, Out, F, UnixStream>>
    where
        In: Protocol,
    {
        let path = path.as_ref();
        let stream = UnixStream::connect(path).map_err(|error| {
            io::Error::new(error.kind(), format!("cannot connect to {}: {error}", path.display()))
        })?;
        Ok(Connection::over(stream, framing))
    }
}

#[cfg(feature = "tls")]
pub(in crate::net) fn first_that_answers(address: impl ToSocketAddrs) -> io::Result<TcpStream> {
    first_within(address, CONNECT_WITHIN)
}

fn first_within(address: impl ToSocketAddrs, within: Duration) -> io::Result<TcpStream> {
    let mut last = io::Error::new(ErrorKind::InvalidInput, "the name has no address");
    for address in address.to_socket_addrs()? {
        match TcpStream::connect_timeout(&address, within) {
            Ok(stream) => return Ok(stream),
            Err(error) => {
                last =
                    io::Error::new(error.kind(), format!("cannot connect to {address}: {error}"));
            }
        }
    }
    Err(last)
}
