//! How a connection for tokio is made: to the first address that answers, or to a path.

use core::time::Duration;
use std::format;
use std::io::{self, ErrorKind};
#[cfg(unix)]
use std::path::Path;

#[cfg(unix)]
use tokio::net::UnixStream;
use tokio::net::{TcpStream, ToSocketAddrs, lookup_host};
use tokio::time::timeout;

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
    pub async fn connect(address: impl ToSocketAddrs) -> io::Result<Connection<In, Out, F>>
    where
        In: Protocol,
        F: Default,
    {
        Connection::connect_with(address, F::default()).await
    }

    /// Connects as [`connect`](Connection::connect) does, with this framing.
    ///
    /// # Errors
    /// As for [`connect`](Connection::connect).
    pub async fn connect_with(
        address: impl ToSocketAddrs,
        framing: F,
    ) -> io::Result<Connection<In, Out, F>>
    where
        In: Protocol,
    {
        Connection::connect_within(address, framing, CONNECT_WITHIN).await
    }

    /// Connects as [`connect_with`](Connection::connect_with) does, and gives each address so long.
    ///
    /// # Errors
    /// As for [`connect`](Connection::connect).
    pub async fn connect_within(
        address: impl ToSocketAddrs,
        framing: F,
        within: Duration,
    ) -> io::Result<Connection<In, Out, F>>
    where
        In: Protocol,
    {
        let stream = first_within(address, within).await?;
        stream.set_nodelay(true)?;
        let peer = stream.peer_addr().ok();
        let mut connection = Connection::over(stream, framing);
        connection.set_peer(peer);
        Ok(connection)
    }
}

#[cfg(unix)]
impl<In, Out, F: Framing> Connection<In, Out, F> {
    /// Connects to the Unix socket at `path`, with the default of the framing.
    ///
    /// # Errors
    /// If nobody listens there, or the queue of a server that accepts nothing is full; the error names the
    /// path.
    pub async fn connect_unix(
        path: impl AsRef<Path>,
    ) -> io::Result<Connection<In, Out, F, UnixStream>>
    where
        In: Protocol,
        F: Default,
    {
        Connection::connect_unix_with(path, F::default()).await
    }

    /// Connects as [`connect_unix`](Connection::connect_unix) does, with this framing.
    ///
    /// # Errors
    /// As for [`connect_unix`](Connection::connect_unix).
    pub async fn connect_unix_with(
        path: impl AsRef<Path>,
        framing: F,
    ) -> io::Result<Connection<In, Out, F, UnixStream>>
    where
        In: Protocol,
    {
        let path = path.as_ref();
        let stream = UnixStream::connect(path).await.map_err(|error| {
            io::Error::new(error.kind(), format!("cannot connect to {}: {error}", path.display()))
        })?;
        Ok(Connection::over(stream, framing))
    }
}

#[cfg(feature = "tokio-tls")]
pub(in crate::net) async fn first_that_answers(
    address: impl ToSocketAddrs,
) -> io::Result<TcpStream> {
    first_within(address, CONNECT_WITHIN).await
}

async fn first_within(address: impl ToSocketAddrs, within: Duration) -> io::Result<TcpStream> {
    let mut last = io::Error::new(ErrorKind::InvalidInput, "the name has no address");
    for address in lookup_host(address).await? {
        let connecting = timeout(within, TcpStream::connect(address)).await;
        match connecting.unwrap_or_else(|_| Err(ErrorKind::TimedOut.into())) {
            Ok(stream) => return Ok(stream),
            Err(error) => {
                last =
                    io::Error::new(error.kind(), format!("cannot connect to {address}: {error}"));
            }
        }
    }
    Err(last)
}
