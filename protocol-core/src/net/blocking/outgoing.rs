//! Writes what is queued, all of it, and keeps the deadline of writing.

use std::io::ErrorKind;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::super::wait::{LATE_TRY, Left, Wait};
use crate::conn::Timeouts;
use crate::conn::{Outbox, SendError, SendErrorKind};
use crate::frame::Encode;
use crate::net::Stream;
use crate::net::server::Seat;
use crate::{MessageOf, Spoken};

/// The sending half of a connection without its stream.
#[derive(Debug)]
pub(super) struct Outgoing<P, F> {
    pub(super) outbox: Outbox<P, F>,
    pub(super) timeouts: Timeouts,
    peer: Option<SocketAddr>,
    /// What is being written, until the peer has taken it.
    portion: Option<Portion>,
    /// What the stream was told last, so that it is told only what is new.
    told: Option<Option<Duration>>,
}

/// The bytes that one deadline is for.
#[derive(Debug, Clone, Copy)]
struct Portion {
    since: Instant,
    left: usize,
    /// Set after the deadline only: a late write took less than it was offered.
    is_all_that_fits: bool,
}

/// What one write did.
#[derive(Debug, Clone, Copy)]
struct Written {
    count: usize,
    is_all_that_fits: bool,
}

/// A peer may take its time for so many bytes at once; the deadline then begins anew.
const PORTION: usize = 64 * 1024;
/// The most bytes of one write: so many that what was queued just above 64 KiB goes out whole.
const WRITE_MAX: usize = 2 * PORTION;

impl<P, F: Encode> Outgoing<P, F> {
    pub(super) fn new(framing: F, timeouts: Timeouts, peer: Option<SocketAddr>) -> Outgoing<P, F> {
        let outbox = Outbox::new(framing);
        Outgoing { outbox, timeouts, peer, portion: None, told: None }
    }

    /// Keeps the seat for as long as this half lives.
    pub(super) fn take_seat(&mut self, seat: Arc<Seat>) {
        self.outbox.keep_books(seat);
    }

    /// Queues a message, after writing what is queued if that is much.
    pub(super) fn queue<'m, S, M>(&mut self, stream: &mut S, message: &M) -> Result<(), SendError>
    where
        S: Stream,
        P: Spoken,
        M: MessageOf<P::Sent<'m>>,
    {
        if self.outbox.is_full() {
            self.flush(stream)?;
        }
        self.outbox.queue(message).map_err(|error| error.of_peer(self.peer))
    }

    /// Writes all that is queued. After an error that is not fatal, the next call goes on where
    /// this one stopped.
    pub(super) fn flush<S: Stream>(&mut self, stream: &mut S) -> Result<(), SendError> {
        if self.outbox.is_empty() {
            return Ok(());
        }
        let result =
            self.write_all(stream).and_then(|()| stream.flush().map_err(SendErrorKind::Io));
        result.map_err(|kind| SendError::from(kind).of_peer(self.peer))
    }

    pub(super) fn peer(&self) -> Option<SocketAddr> {
        self.peer
    }

    fn write_all<S: Stream>(&mut self, stream: &mut S) -> Result<(), SendErrorKind> {
        while !self.outbox.is_empty() {
            let portion = self.portion.unwrap_or_else(Portion::begin);
            self.portion = Some(portion);
            let written = self.write(stream, portion)?;
            self.outbox.advance(written.count);
            self.portion = portion.after(written);
        }
        self.portion = None;
        Ok(())
    }

    /// Writes once, a part of the portion.
    fn write<S: Stream>(
        &mut self,
        stream: &mut S,
        portion: Portion,
    ) -> Result<Written, SendErrorKind> {
        let wait = Wait::new(portion.since, self.timeouts.write);
        let pending = self.outbox.pending_len();
        loop {
            let (time, is_late) = match wait.left(Instant::now()) {
                Left::Forever => (None, false),
                Left::Some(left) => (Some(left), false),
                Left::Nothing if portion.is_all_that_fits => return Err(self.stalled()),
                Left::Nothing => (Some(LATE_TRY), true),
            };
            self.tell(stream, time)?;
            let bytes = self.outbox.pending();
            let bytes = bytes.get(..WRITE_MAX).unwrap_or(bytes);
            match stream.write(bytes) {
                Ok(0) => return Err(SendErrorKind::Closed { pending }),
                Ok(count) => {
                    return Ok(Written { count, is_all_that_fits: is_late && count < bytes.len() });
                }
                Err(error) => match error.kind() {
                    ErrorKind::Interrupted => {}
                    ErrorKind::WouldBlock | ErrorKind::TimedOut if wait.is_over() => {
                        return Err(self.stalled());
                    }
                    ErrorKind::WouldBlock => return Err(SendErrorKind::NotReady { pending }),
                    _ => return Err(SendErrorKind::Io(error)),
                },
            }
        }
    }

    fn stalled(&self) -> SendErrorKind {
        let allowed = self.timeouts.write.unwrap_or_default();
        SendErrorKind::Stalled { pending: self.outbox.pending_len(), allowed }
    }

    fn tell<S: Stream>(
        &mut self,
        stream: &mut S,
        time: Option<Duration>,
    ) -> Result<(), SendErrorKind> {
        if self.told != Some(time) {
            stream.write_within(time).map_err(SendErrorKind::Io)?;
            self.told = Some(time);
        }
        Ok(())
    }
}

impl Portion {
    fn begin() -> Portion {
        Portion { since: Instant::now(), left: PORTION, is_all_that_fits: false }
    }

    /// What is left of the portion after a write; `None` if the peer took it all.
    fn after(self, written: Written) -> Option<Portion> {
        let left = self.left.checked_sub(written.count).filter(|left| *left > 0)?;
        Some(Portion { left, is_all_that_fits: written.is_all_that_fits, ..self })
    }
}
