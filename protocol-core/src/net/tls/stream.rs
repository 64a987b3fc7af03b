//! A blocking stream inside TLS, whose deadlines hold for a whole read or write, however many of
//! them the stream below needs for it.

use std::io::{self, ErrorKind, Read, Write};
use std::net::SocketAddr;
use std::time::Duration;

use rustls::Connection as Session;
use rustls::pki_types::CertificateDer;

use super::super::deadline::{Deadline, is_not_ready};
use crate::net::Stream;

/// A stream inside TLS, after its handshake.
///
/// [`Connection::close`](crate::net::blocking::Connection::close) ends it so that the peer knows
/// that it has everything. A stream that is only dropped, or cut by somebody between, is an error
/// for its reader ([`Cut`](crate::conn::RecvErrorKind::Cut)) and never a clean end.
///
/// It cannot be parted into halves for two threads, since both directions share their keys.
///
/// As for any `Write`, what a write took may wait for the next one or for `flush`.
#[derive(Debug)]
pub struct Tls<S> {
    pub(super) session: Session,
    pub(super) stream: S,
    read_within: Option<Duration>,
    write_within: Option<Duration>,
}

/// The most bytes one write takes, which is a record: what it took counts as written, so the less
/// it is, the sooner a peer that takes nothing is noticed.
const WRITE_MAX: usize = 16 * 1024;
/// How often at most the stream below is asked for what is there already: records may hold no data.
const READS_NOW_MAX: usize = 16;

impl<S> Tls<S> {
    pub(super) fn new(session: Session, stream: S) -> Tls<S> {
        Tls { session, stream, read_within: None, write_within: None }
    }

    /// The certificate with which the peer proved who it is, then those it depends on; `None` for a
    /// client that was not asked.
    ///
    /// A handler of a server finds them by its connection's
    /// [`stream`](crate::net::blocking::Connection::stream).
    #[must_use]
    pub fn peer_certificates(&self) -> Option<&[CertificateDer<'static>]> {
        self.session.peer_certificates()
    }

    /// The session: its version, its cipher, the protocol and the name that were agreed on.
    #[must_use]
    pub fn session(&self) -> &Session {
        &self.session
    }

    /// The stream below. Reading from it or writing to it breaks the session.
    #[must_use]
    pub fn stream(&self) -> &S {
        &self.stream
    }
}

impl<S: Stream> Tls<S> {
    /// Writes all records that wait to be written.
    pub(super) fn drain(&mut self, deadline: Deadline) -> io::Result<()> {
        while self.session.wants_write() {
            self.stream.write_within(deadline.left()?)?;
            match self.session.write_tls(&mut self.stream) {
                Ok(0) => return Err(ErrorKind::WriteZero.into()),
                Ok(_) => {}
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        self.stream.flush()
    }

    /// Reads once, and decrypts the records that are whole then.
    fn fill(&mut self, deadline: Deadline) -> io::Result<()> {
        self.decrypt(deadline)?;
        self.stream.read_within(deadline.left()?)?;
        match self.session.read_tls(&mut self.stream) {
            Err(error) if error.kind() == ErrorKind::Interrupted => return Ok(()),
            result => result?,
        };
        // An error is for the next time: what came whole before it is to be read first.
        self.session.process_new_packets().map(drop).or(Ok(()))
    }

    /// The same with what is there already.
    fn fill_now(&mut self) -> io::Result<()> {
        self.decrypt(Deadline::within(self.write_within))?;
        match self.session.read_tls(&mut Now(&mut self.stream)) {
            Err(error) if error.kind() == ErrorKind::Interrupted => return Ok(()),
            result => result?,
        };
        self.session.process_new_packets().map(drop).or(Ok(()))
    }

    /// Decrypts what is left of the last read; an error stays for ever.
    fn decrypt(&mut self, deadline: Deadline) -> io::Result<()> {
        self.session.process_new_packets().map(drop).map_err(|error| {
            // The peer is told why; that it cannot be told changes nothing.
            self.drain(deadline).unwrap_or_default();
            io::Error::new(ErrorKind::InvalidData, error)
        })
    }
}

/// A stream of which only what is there already is read.
struct Now<'s, S>(&'s mut S);

impl<S: Stream> Read for Now<'_, S> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.read_now(buffer)
    }
}

impl<S: Stream> Read for Tls<S> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let deadline = Deadline::within(self.read_within);
        loop {
            match self.session.reader().read(buffer) {
                Err(error) if error.kind() == ErrorKind::WouldBlock => self.fill(deadline)?,
                result => return result,
            }
        }
    }
}

impl<S: Stream> Write for Tls<S> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let deadline = Deadline::within(self.write_within);
        self.drain(deadline)?;
        let bytes = bytes.get(..WRITE_MAX).unwrap_or(bytes);
        let count = self.session.writer().write(bytes)?;
        match self.drain(deadline) {
            // It is encrypted, so it is taken, and what is left of it goes out first the next time.
            Err(error) if is_not_ready(&error) => Ok(count),
            result => result.map(|()| count),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.drain(Deadline::within(self.write_within))
    }
}

impl<S: Stream> Stream for Tls<S> {
    fn read_within(&mut self, time: Option<Duration>) -> io::Result<()> {
        self.read_within = time;
        Ok(())
    }

    fn write_within(&mut self, time: Option<Duration>) -> io::Result<()> {
        self.write_within = time;
        Ok(())
    }

    fn read_now(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        for _ in 0..READS_NOW_MAX {
            match self.session.reader().read(buffer) {
                Err(error) if error.kind() == ErrorKind::WouldBlock => self.fill_now()?,
                result => return result,
            }
        }
        Err(ErrorKind::WouldBlock.into())
    }

    fn end_writing(&mut self) -> io::Result<()> {
        self.session.send_close_notify();
        self.flush()?;
        match self.stream.end_writing() {
            // The peer knows already.
            Err(error) if error.kind() == ErrorKind::Unsupported => Ok(()),
            result => result,
        }
    }

    fn peer(&self) -> Option<SocketAddr> {
        self.stream.peer()
    }
}
