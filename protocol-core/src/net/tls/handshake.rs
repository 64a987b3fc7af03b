//! Makes a handshake over a blocking stream, within its deadline.

use std::io::{self, ErrorKind, Read};
use std::time::Duration;

use rustls::Connection as Session;

use super::super::deadline::{Deadline, is_not_ready};
use super::received::{FAREWELL_MAX, FAREWELL_WITHIN, Received};
use super::{HandshakeError, HandshakeErrorKind, Tls};
use crate::net::Stream;

/// Makes the handshake of a session that has not begun.
pub(super) fn finish<S: Stream>(
    session: Session,
    stream: S,
    allowed: Duration,
) -> Result<Tls<S>, HandshakeError> {
    let peer = stream.peer();
    let mut tls = Tls::new(session, stream);
    let mut received = Received::default();
    let deadline = Deadline::within(Some(allowed));
    let Err(kind) = shake_hands(&mut tls, &mut received, deadline) else {
        return Ok(tls);
    };
    Err(match kind {
        HandshakeErrorKind::Tls(error) => {
            tell_why(&mut tls);
            received.refused(error, peer)
        }
        HandshakeErrorKind::Io(error) if is_not_ready(&error) && deadline.is_over() => {
            let kind = HandshakeErrorKind::Timeout { have: received.count(), allowed };
            HandshakeError::new(kind, peer)
        }
        kind => HandshakeError::new(kind, peer),
    })
}

fn shake_hands<S: Stream>(
    tls: &mut Tls<S>,
    received: &mut Received,
    deadline: Deadline,
) -> Result<(), HandshakeErrorKind> {
    loop {
        tls.drain(deadline).map_err(HandshakeErrorKind::Io)?;
        if !tls.session.is_handshaking() {
            return Ok(());
        }
        if read(tls, received, deadline).map_err(HandshakeErrorKind::Io)? == 0 {
            return Err(HandshakeErrorKind::Ended { have: received.count() });
        }
        tls.session.process_new_packets().map_err(HandshakeErrorKind::Tls)?;
    }
}

/// Reads once.
fn read<S: Stream>(
    tls: &mut Tls<S>,
    received: &mut Received,
    deadline: Deadline,
) -> io::Result<usize> {
    loop {
        tls.stream.read_within(deadline.left()?)?;
        match tls.session.read_tls(&mut Tap { stream: &mut tls.stream, received }) {
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            result => return result,
        }
    }
}

/// Sends the alert that says what was wrong, and gives the peer the time to read it: a stream that
/// is dropped with bytes unread is reset, and the alert lost. Whatever goes wrong, it is over.
fn tell_why<S: Stream>(tls: &mut Tls<S>) {
    let deadline = Deadline::within(Some(FAREWELL_WITHIN));
    let told = tls.drain(deadline).and_then(|()| tls.stream.end_writing());
    let mut unread = FAREWELL_MAX;
    while let (Ok(()), Ok(left)) = (&told, deadline.left()) {
        let read = tls.stream.read_within(left).and_then(|()| tls.stream.read(&mut [0; 4096]));
        unread = match read {
            Ok(count @ 1..) if count < unread => unread - count,
            Ok(_) | Err(_) => return,
        };
    }
}

/// Takes note of what is read through it.
struct Tap<'a, S> {
    stream: &'a mut S,
    received: &'a mut Received,
}

impl<S: Read> Read for Tap<'_, S> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.stream.read(buffer)?;
        self.received.note(buffer.get(..count).unwrap_or_default());
        Ok(count)
    }
}
