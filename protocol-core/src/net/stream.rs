//! What a blocking connection needs of the stream below it, besides `Read` and `Write`.

use std::io::{self, ErrorKind, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};
#[cfg(unix)]
use std::os::unix::net::UnixStream;
use std::time::Duration;

/// A stream of bytes in both directions, whose reads and writes can be told when to give up.
///
/// If its kind has a last word, as TLS does, a read that finds the stream ended without it fails with
/// `UnexpectedEof`: a connection then knows an end from a [cut](crate::conn::RecvErrorKind::Cut).
///
/// A stream that cannot be told so becomes one inside [`Untimed`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no stream of a connection",
    label = "a `TcpStream`, a `UnixStream`, a stream of TLS or of `net::mem` belongs here",
    note = "a stream that only reads and writes becomes one in `Untimed(stream)`, and then keeps no deadlines",
    note = "a stream of tokio belongs into `net::tokio::Connection`"
)]
pub trait Stream: Read + Write {
    /// Makes each later read fail with `WouldBlock` or `TimedOut` after this time, which is never
    /// zero; `None` makes them wait for ever.
    ///
    /// # Errors
    /// If the stream refuses.
    fn read_within(&mut self, time: Option<Duration>) -> io::Result<()>;

    /// The same for writes.
    ///
    /// # Errors
    /// If the stream refuses.
    fn write_within(&mut self, time: Option<Duration>) -> io::Result<()>;

    /// Reads what is there already, and fails with `WouldBlock` if that is nothing. It waits for nothing:
    /// calls [one after the other](crate::conn::Serial) look so for what came before anybody asked.
    ///
    /// By default nothing is ever there, since a stream may have no way to tell.
    ///
    /// # Errors
    /// As for `read`.
    fn read_now(&mut self, _buffer: &mut [u8]) -> io::Result<usize> {
        Err(ErrorKind::WouldBlock.into())
    }

    /// Tells the peer that no more bytes will come; reading goes on.
    ///
    /// # Errors
    /// If the stream cannot say so, or is not connected any more.
    fn end_writing(&mut self) -> io::Result<()>;

    /// The address of the peer, if the stream has addresses.
    fn peer(&self) -> Option<SocketAddr>;
}

/// A stream that can be used by two threads, one of which reads and one of which writes.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be used by two threads at once",
    label = "a stream with two handles belongs here, such as a `TcpStream`"
)]
pub trait Split: Stream + Sized {
    /// Makes two handles of the same stream: one to read from, one to write to.
    ///
    /// # Errors
    /// If the system has no second handle to give.
    fn split(self) -> io::Result<(Self, Self)>;

    /// Ends the stream both ways and for both handles, so that a read that waits in the other thread
    /// returns. By default only writing is ended, and the read returns when the peer ends its side.
    ///
    /// # Errors
    /// If the stream cannot say so, or is not connected any more.
    fn end(&mut self) -> io::Result<()> {
        self.end_writing()
    }
}

impl Stream for TcpStream {
    fn read_within(&mut self, time: Option<Duration>) -> io::Result<()> {
        self.set_read_timeout(time)
    }

    fn write_within(&mut self, time: Option<Duration>) -> io::Result<()> {
        self.set_write_timeout(time)
    }

    fn read_now(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.set_nonblocking(true)?;
        let read = self.read(buffer);
        self.set_nonblocking(false)?;
        read
    }

    fn end_writing(&mut self) -> io::Result<()> {
        self.shutdown(Shutdown::Write)
    }

    fn peer(&self) -> Option<SocketAddr> {
        self.peer_addr().ok()
    }
}

impl Split for TcpStream {
    fn split(self) -> io::Result<(TcpStream, TcpStream)> {
        Ok((self.try_clone()?, self))
    }

    fn end(&mut self) -> io::Result<()> {
        self.shutdown(Shutdown::Both)
    }
}

#[cfg(unix)]
impl Stream for UnixStream {
    fn read_within(&mut self, time: Option<Duration>) -> io::Result<()> {
        self.set_read_timeout(time)
    }

    fn write_within(&mut self, time: Option<Duration>) -> io::Result<()> {
        self.set_write_timeout(time)
    }

    fn read_now(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.set_nonblocking(true)?;
        let read = self.read(buffer);
        self.set_nonblocking(false)?;
        read
    }

    fn end_writing(&mut self) -> io::Result<()> {
        self.shutdown(Shutdown::Write)
    }

    fn peer(&self) -> Option<SocketAddr> {
        None
    }
}

#[cfg(unix)]
impl Split for UnixStream {
    fn split(self) -> io::Result<(UnixStream, UnixStream)> {
        Ok((self.try_clone()?, self))
    }

    fn end(&mut self) -> io::Result<()> {
        self.shutdown(Shutdown::Both)
    }
}

/// Any `Read + Write` as a [`Stream`]: a pipe, a serial line, a TLS session, bytes in memory.
///
/// Its reads and writes block as long as they like: deadlines are only looked at between them. It
/// cannot tell its peer that no more bytes will come.
///
/// ```
/// # #[cfg(feature = "derive")] {
/// # use protocol_core::{Message, Protocol};
/// # #[derive(Message, Debug, PartialEq)] #[msg_type = 3] struct Data { #[wire(rest)] text: String }
/// # #[derive(Protocol, Debug, PartialEq)] enum Chat { Data(Data) }
/// use std::io::Cursor;
/// use protocol_core::frame::Length;
/// use protocol_core::net::{Untimed, blocking::Connection};
///
/// let file = Untimed(Cursor::new(b"\x00\x00\x00\x03\x03hi".to_vec()));
/// let mut connection = Connection::<Chat, Chat, _, _>::over(file, Length::u32());
/// assert_eq!(connection.recv().unwrap(), Some(Chat::Data(Data { text: "hi".into() })));
/// # }
/// ```
#[derive(Debug)]
pub struct Untimed<S>(
    /// The stream itself.
    pub S,
);

impl<S: Read> Read for Untimed<S> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.read(buffer)
    }
}

impl<S: Write> Write for Untimed<S> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

impl<S: Read + Write> Stream for Untimed<S> {
    fn read_within(&mut self, _time: Option<Duration>) -> io::Result<()> {
        Ok(())
    }

    fn write_within(&mut self, _time: Option<Duration>) -> io::Result<()> {
        Ok(())
    }

    fn end_writing(&mut self) -> io::Result<()> {
        Err(ErrorKind::Unsupported.into())
    }

    fn peer(&self) -> Option<SocketAddr> {
        None
    }
}
