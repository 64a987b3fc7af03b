//! Reads a stream until a message is there, and keeps the deadlines of reading.

use std::io::ErrorKind;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::super::wait::{LATE_TRY, Left, Wait};
use crate::Protocol;
use crate::conn::{Books, Inbox, RecvError, RecvErrorKind, SendError, State, Timeouts};
use crate::frame::Decode;
use crate::net::Stream;
use crate::net::server::Seat;

/// The receiving half of a connection without its stream.
#[derive(Debug)]
pub(super) struct Incoming<P, F> {
    pub(super) inbox: Inbox<P, F>,
    pub(super) timeouts: Timeouts,
    peer: Option<SocketAddr>,
    waiting: Option<Waiting>,
    /// What the stream was told last, so that it is told only what is new.
    told: Option<Option<Duration>>,
    /// That of the server of this connection, if it has one.
    seat: Option<Arc<Seat>>,
    /// Set when its server is draining only: no more is read.
    has_read_last: bool,
}

/// What is to be done for the next message.
pub(super) enum Step {
    /// Nothing: it is there.
    Take,
    /// Nothing: no more will come.
    Stop,
    /// Read: the frame is not yet whole.
    Read(Partial),
}

/// How much of a frame is there.
#[derive(Debug, Clone, Copy)]
pub(super) struct Partial {
    have: usize,
    needed: usize,
}

/// A wait for the first byte of a frame, or for its last.
#[derive(Debug, Clone, Copy)]
struct Waiting {
    since: Instant,
    is_inside: bool,
    /// Set after the deadline only: a late read got less than it had room for.
    has_all_that_is_there: bool,
}

/// How long a frame waits for room that has for ever to come.
const ROOM_WITHIN: Duration = Duration::from_secs(10);

impl<P, F: Decode> Incoming<P, F> {
    pub(super) fn new(framing: F, timeouts: Timeouts, peer: Option<SocketAddr>) -> Incoming<P, F> {
        let inbox = Inbox::new(framing);
        Incoming {
            inbox,
            timeouts,
            peer,
            waiting: None,
            told: None,
            seat: None,
            has_read_last: false,
        }
    }

    /// Ends, once the server of this seat is draining, after the messages that are there already.
    pub(super) fn take_seat(&mut self, seat: Arc<Seat>) {
        self.inbox.keep_books(Arc::clone(&seat) as Arc<dyn Books>);
        self.seat = Some(seat);
    }

    /// Goes on to the next frame, if it is there.
    pub(super) fn advance(&mut self) -> Result<Step, RecvError> {
        match self.inbox.advance() {
            Ok(State::Ready) => {
                self.waiting = None;
                Ok(Step::Take)
            }
            // What has arrived by then is still read, once: a peer that goes on sending does not hold
            // a drain up.
            Ok(State::Need { have, more }) if self.is_draining() && !self.has_read_last => {
                self.has_read_last = true;
                Ok(Step::Read(Partial { have, needed: have.saturating_add(more) }))
            }
            // An end inside a frame that the drain made is not the peer's.
            Ok(State::Need { .. } | State::End { .. }) if self.is_draining() => Ok(Step::Stop),
            Ok(State::End { have: 0, .. }) => Ok(Step::Stop),
            Ok(State::End { have, more }) => {
                Err(self
                    .error(RecvErrorKind::EndInside { have, needed: have.saturating_add(more) }))
            }
            Ok(State::Need { have, more }) => {
                Ok(Step::Read(Partial { have, needed: have.saturating_add(more) }))
            }
            Err(error) => Err(self.error(RecvErrorKind::Frame(error))),
        }
    }

    /// Reads once: some bytes, or the end of the stream.
    pub(super) fn read<S: Stream>(
        &mut self,
        stream: &mut S,
        partial: Partial,
    ) -> Result<(), RecvError> {
        let wait = self.wait(partial);
        self.make_room(wait)?;
        loop {
            let (time, is_late) = match wait.left(Instant::now()) {
                Left::Forever => (None, false),
                Left::Some(left) => (Some(left), false),
                Left::Nothing if self.has_all_that_is_there() => return Err(self.timeout(partial)),
                Left::Nothing => (Some(LATE_TRY), true),
            };
            self.tell(stream, time)?;
            let space = self.inbox.space();
            let room = space.len();
            match stream.read(space) {
                Ok(0) => self.inbox.end(),
                Ok(count) => {
                    self.inbox.received(count);
                    self.note_late(is_late && count < room);
                }
                Err(error) => match error.kind() {
                    ErrorKind::Interrupted => continue,
                    ErrorKind::WouldBlock | ErrorKind::TimedOut if wait.is_over() => {
                        return Err(self.timeout(partial));
                    }
                    ErrorKind::WouldBlock => return Err(self.error(RecvErrorKind::NotReady)),
                    _ => return Err(self.error(RecvErrorKind::Io(error))),
                },
            }
            return Ok(());
        }
    }

    /// An error with what is known of the peer.
    pub(super) fn error(&self, kind: RecvErrorKind) -> RecvError {
        RecvError::new(kind, self.inbox.foreign()).of_peer(self.peer)
    }

    /// The error of a flush that came before a read.
    pub(super) fn flush_error(&self, error: SendError) -> RecvError {
        RecvError::new(RecvErrorKind::Flush(error.into_kind()), None).of_peer(self.peer)
    }

    pub(super) fn peer(&self) -> Option<SocketAddr> {
        self.peer
    }

    fn is_draining(&self) -> bool {
        self.seat.as_ref().is_some_and(|seat| seat.is_draining())
    }

    /// Makes room for a read, or waits for it: then the peer waits, too.
    fn make_room(&mut self, wait: Wait) -> Result<(), RecvError> {
        if self.inbox.make_room() {
            return Ok(());
        }
        let now = Instant::now();
        let until = match wait.left(now) {
            Left::Forever => now + ROOM_WITHIN,
            Left::Some(left) => now + left,
            Left::Nothing => now,
        };
        loop {
            let freed = self.seat.as_ref().map(|seat| seat.freed());
            if self.inbox.make_room() {
                return Ok(());
            }
            let Some((seat, freed)) = self.seat.as_ref().zip(freed) else { return Ok(()) };
            if !seat.wait_for_room(freed, until) {
                let limit = seat.buffers_max();
                return Err(self.error(RecvErrorKind::Overloaded { limit }));
            }
        }
    }

    /// The wait that this read belongs to. It lasts over many reads: a deadline that began with
    /// each of them would never come for a peer that drips.
    fn wait(&mut self, partial: Partial) -> Wait {
        let is_inside = partial.have > 0;
        let waiting = match self.waiting {
            Some(waiting) if waiting.is_inside == is_inside => waiting,
            Some(_) | None => {
                Waiting { since: Instant::now(), is_inside, has_all_that_is_there: false }
            }
        };
        self.waiting = Some(waiting);
        let allowed = if is_inside { self.timeouts.frame } else { self.timeouts.idle };
        Wait::new(waiting.since, allowed)
    }

    /// Whether a read after the deadline did not fill its room: what was there is taken then.
    fn has_all_that_is_there(&self) -> bool {
        self.waiting.is_some_and(|waiting| waiting.has_all_that_is_there)
    }

    fn note_late(&mut self, has_all_that_is_there: bool) {
        if let Some(waiting) = &mut self.waiting {
            waiting.has_all_that_is_there = has_all_that_is_there;
        }
    }

    fn timeout(&mut self, partial: Partial) -> RecvError {
        let Partial { have, needed } = partial;
        if have > 0 {
            let allowed = self.timeouts.frame.unwrap_or_default();
            return self.error(RecvErrorKind::FrameTimeout { have, needed, allowed });
        }
        self.waiting = None;
        let allowed = self.timeouts.idle.unwrap_or_default();
        self.error(RecvErrorKind::IdleTimeout { allowed })
    }

    fn tell<S: Stream>(&mut self, stream: &mut S, time: Option<Duration>) -> Result<(), RecvError> {
        if self.told != Some(time) {
            stream.read_within(time).map_err(|error| self.error(RecvErrorKind::Io(error)))?;
            self.told = Some(time);
        }
        Ok(())
    }
}

impl<P: Protocol, F: Decode> Incoming<P, F> {
    /// The message that was advanced to.
    pub(super) fn message(&self) -> Result<P::Of<'_>, RecvError> {
        self.inbox.message().map_err(|error| error.of_peer(self.peer))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::frame::Length;
    use crate::net::mem;
    use crate::net::server::Seats;
    use std::io::Write;

    // Systems differ in what a socket still delivers after its reading side was shut down, so this
    // is tested where a stream delivers all of it.
    #[test]
    fn a_peer_that_goes_on_sending_does_not_hold_a_drain_up() {
        let (mut here, mut there) = mem::pair();
        there.write_all(&b"\x01a".repeat(100)).expect("written");
        drop(there);
        here.set_chunk(5);
        let seats = Arc::new(Seats::new(usize::MAX));
        let mut incoming = Incoming::<(), _>::new(Length::u8(), Timeouts::CLIENT, None);
        incoming.take_seat(seats.any_seat());
        let mut messages = 0;
        loop {
            match incoming.advance().expect("sound frames") {
                Step::Take => messages += 1,
                Step::Stop => break,
                Step::Read(partial) => incoming.read(&mut here, partial).expect("bytes"),
            }
            if messages > 0 {
                seats.drain(Duration::ZERO);
            }
        }
        assert_eq!(messages, 5, "those that came with the first, and those of one more read");
    }
}
