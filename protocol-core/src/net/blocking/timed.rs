//! Moves bytes between a stream and the halves of a machine, and tells the stream how long.

use std::io::{self, ErrorKind};
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::super::clock::Clock;
use crate::conn::{
    Agreed, Books, Close, Closing, Greeting, HelloError, Incoming, Moment, Outgoing, RecvError,
    RecvErrorKind, SendError, SendErrorKind, earlier,
};
use crate::frame::{Decode, Encode};
use crate::net::server::Seat;
use crate::net::{Split, Stream};

/// A stream, a clock, and what the stream was told of it.
#[derive(Debug)]
pub(super) struct Timed<S> {
    stream: S,
    clock: Clock,
    /// What the stream was told last, so that it is told only what is new: on a socket each of
    /// these calls goes to the kernel.
    read_within: Option<Option<Duration>>,
    write_within: Option<Option<Duration>>,
    /// That of the server of this connection, if it has one.
    seat: Option<Arc<Seat>>,
    has_read_last: bool,
}

/// What is shorter is not worth a system call to set a timeout anew; and a socket may say so much
/// too early that its time is over, since kernels count in ticks.
const TICK: Duration = Duration::from_millis(10);
/// A stream is never told to wait for no time at all: to a socket that means for ever.
const LEAST: Duration = Duration::from_millis(1);
/// How long at most a frame waits for room in the buffers of the whole server.
const ROOM_WITHIN: Duration = Duration::from_secs(10);

impl<S: Stream> Timed<S> {
    pub(super) fn new(stream: S) -> Timed<S> {
        Timed {
            stream,
            clock: Clock::start(),
            read_within: None,
            write_within: None,
            seat: None,
            has_read_last: false,
        }
    }

    /// Keeps the seat for as long as this handle of the stream lives, and reads no more than once
    /// when its server is draining.
    pub(super) fn take_seat(&mut self, seat: Arc<Seat>) {
        self.seat = Some(seat);
    }

    /// Whether what has arrived until the server began to drain is read, with one read: a peer that
    /// goes on sending does not hold a drain up.
    pub(super) fn has_read_last(&self) -> bool {
        self.has_read_last
    }

    pub(super) fn stream(&self) -> &S {
        &self.stream
    }

    pub(super) fn now(&self) -> Moment {
        self.clock.now()
    }

    /// One handle to read from and one to write to, with one clock.
    pub(super) fn split(self) -> io::Result<(Timed<S>, Timed<S>)>
    where
        S: Split,
    {
        let (reads, writes) = self.stream.split()?;
        let seat = self.seat.clone();
        Ok((Timed { stream: reads, seat, ..self }, Timed { stream: writes, ..self }))
    }

    /// Reads once: some bytes, or the end of the stream, or nothing until then.
    pub(super) fn read<P, F: Decode>(
        &mut self,
        incoming: &mut Incoming<P, F>,
        until: Option<Moment>,
    ) -> Result<(), RecvError> {
        self.make_room(incoming, until)?;
        self.read_until(until).map_err(|error| incoming.error(RecvErrorKind::Io(error)))?;
        let result = self.read_once(incoming, until);
        self.has_read_last = self.seat.as_ref().is_some_and(|seat| seat.is_draining());
        result
    }

    /// Reads once what is there already; whether that was anything.
    pub(super) fn read_now<P, F: Decode>(
        &mut self,
        incoming: &mut Incoming<P, F>,
    ) -> Result<bool, RecvError> {
        if !incoming.make_room() {
            return Ok(false);
        }
        match self.stream.read_now(incoming.space()) {
            Ok(0) => incoming.ended(),
            Ok(count) => incoming.received(count, self.now()),
            Err(error) => match error.kind() {
                ErrorKind::Interrupted => {}
                ErrorKind::UnexpectedEof => incoming.cut(),
                ErrorKind::WouldBlock | ErrorKind::TimedOut => return Ok(false),
                _ => return Err(incoming.error(RecvErrorKind::Io(error))),
            },
        }
        Ok(true)
    }

    fn read_once<P, F: Decode>(
        &mut self,
        incoming: &mut Incoming<P, F>,
        until: Option<Moment>,
    ) -> Result<(), RecvError> {
        match self.stream.read(incoming.space()) {
            Ok(0) => incoming.ended(),
            Ok(count) => incoming.received(count, self.now()),
            Err(error) => match (error.kind(), self.is_over(until)) {
                (ErrorKind::Interrupted, _) => {}
                (ErrorKind::UnexpectedEof, _) => incoming.cut(),
                (ErrorKind::WouldBlock | ErrorKind::TimedOut, Some(moment)) => {
                    incoming.waited(moment);
                }
                (ErrorKind::WouldBlock, None) => {
                    return Err(incoming.error(RecvErrorKind::NotReady));
                }
                _ => return Err(incoming.error(RecvErrorKind::Io(error))),
            },
        }
        Ok(())
    }

    /// Writes all that is pending. After an error that is not fatal, the next call goes on where
    /// this one stopped.
    pub(super) fn flush<P, F: Encode>(
        &mut self,
        outgoing: &mut Outgoing<P, F>,
    ) -> Result<(), SendError> {
        self.flush_until(outgoing, None)
    }

    /// Writes all that is pending, or what of it the peer takes until then.
    pub(super) fn flush_until<P, F: Encode>(
        &mut self,
        outgoing: &mut Outgoing<P, F>,
        until: Option<Moment>,
    ) -> Result<(), SendError> {
        while !outgoing.is_empty() {
            let allowed = outgoing.wait(self.now())?;
            self.write(outgoing, earlier(allowed, until))?;
            if until.is_some_and(|until| self.now() >= until) {
                return Ok(());
            }
        }
        Ok(())
    }

    /// Writes this end's hello and reads the peer's, within this time.
    pub(super) fn greet(
        &mut self,
        greeting: &mut Greeting,
        allowed: Duration,
    ) -> Result<Agreed, HelloError> {
        let until = self.now().after(allowed);
        loop {
            let moved = match (greeting.pending().is_empty(), greeting.agreed()?) {
                (true, Some(agreed)) => return Ok(agreed),
                (true, None) => self.read_hello(greeting, until),
                (false, _) => self.write_hello(greeting, until),
            };
            match moved {
                Ok(0) => return Err(HelloError::Ended { have: greeting.have() }),
                Ok(_) => {}
                Err(error) => match error.kind() {
                    ErrorKind::Interrupted => {}
                    ErrorKind::WouldBlock | ErrorKind::TimedOut if self.now() >= until => {
                        return Err(HelloError::Timeout { have: greeting.have(), allowed });
                    }
                    ErrorKind::WouldBlock | ErrorKind::TimedOut => {}
                    _ => return Err(HelloError::Io(error)),
                },
            }
        }
    }

    fn read_hello(&mut self, greeting: &mut Greeting, until: Moment) -> io::Result<usize> {
        self.read_until(Some(until))?;
        let count = self.stream.read(greeting.space())?;
        greeting.received(count);
        Ok(count)
    }

    fn write_hello(&mut self, greeting: &mut Greeting, until: Moment) -> io::Result<usize> {
        self.write_until(Some(until))?;
        let count = self.stream.write(greeting.pending())?;
        greeting.written(count);
        if greeting.pending().is_empty() {
            self.stream.flush()?;
        }
        Ok(count)
    }

    /// Tells the peer that no more will come. If it is gone already there is nobody left to tell.
    pub(super) fn end_writing(&mut self) {
        self.stream.end_writing().unwrap_or_default();
    }

    /// Ends the stream both ways, also for a read that waits.
    pub(super) fn end(&mut self)
    where
        S: Split,
    {
        self.stream.end().unwrap_or_default();
    }

    /// Does all that closing wants. Whatever goes wrong after the flush, the connection is at its
    /// end.
    pub(super) fn close<P, F: Encode>(
        mut self,
        mut closing: Closing<P, F>,
    ) -> Result<(), SendError> {
        let mut flushed = Ok(());
        loop {
            match closing.advance(self.now()) {
                Close::Write => {
                    flushed = self.flush(closing.outgoing());
                    if flushed.is_err() {
                        closing.give_up();
                    }
                }
                // A stream that cannot say it may wait for its peer for ever.
                Close::EndWriting { until } => {
                    let told = self.write_until(Some(until));
                    match told.and_then(|()| self.stream.end_writing()) {
                        Ok(()) if flushed.is_ok() => self.leave(),
                        Ok(()) => {}
                        Err(_) => closing.ended(),
                    }
                }
                Close::Read { until } => match self.read_away(until) {
                    Ok(0) => closing.ended(),
                    Ok(count) => closing.received(count),
                    Err(error) if error.kind() == ErrorKind::Interrupted => {}
                    Err(_) => closing.ended(),
                },
                Close::Done => return flushed,
            }
        }
    }

    /// Has the server know that only the peer's end is waited for.
    fn leave(&self) {
        if let Some(seat) = &self.seat {
            seat.leave();
        }
    }

    /// Writes once, or flushes the stream if it has taken all.
    fn write<P, F: Encode>(
        &mut self,
        outgoing: &mut Outgoing<P, F>,
        until: Option<Moment>,
    ) -> Result<(), SendError> {
        let pending = outgoing.pending_len();
        let moved = self.write_until(until).and_then(|()| match outgoing.pending() {
            [] => self.stream.flush().map(|()| None),
            bytes => self.stream.write(bytes).map(Some),
        });
        match moved {
            Ok(None) => outgoing.flushed(),
            Ok(Some(0)) => return Err(outgoing.error(SendErrorKind::Closed { pending })),
            Ok(Some(count)) => {
                outgoing.unflushed();
                outgoing.written(count, self.now());
            }
            Err(error) => match (error.kind(), self.is_over(until)) {
                (ErrorKind::Interrupted, _) => {}
                (ErrorKind::WouldBlock | ErrorKind::TimedOut, Some(moment)) => {
                    outgoing.waited(moment);
                }
                (ErrorKind::WouldBlock, None) => {
                    return Err(outgoing.error(SendErrorKind::NotReady { pending }));
                }
                _ => return Err(outgoing.error(SendErrorKind::Io(error))),
            },
        }
        Ok(())
    }

    /// Makes room for a read, or waits for it until then: the peer waits then, too.
    fn make_room<P, F: Decode>(
        &self,
        incoming: &mut Incoming<P, F>,
        until: Option<Moment>,
    ) -> Result<(), RecvError> {
        if incoming.make_room() {
            return Ok(());
        }
        let Some(seat) = &self.seat else { return Ok(()) };
        let deadline = Instant::now() + self.left(until).unwrap_or(ROOM_WITHIN).min(ROOM_WITHIN);
        loop {
            let freed = seat.freed();
            if incoming.make_room() {
                return Ok(());
            }
            if !seat.wait_for_room(freed, deadline) {
                let limit = seat.buffers_max();
                return Err(incoming.error(RecvErrorKind::Overloaded { limit }));
            }
        }
    }

    fn read_away(&mut self, until: Moment) -> io::Result<usize> {
        self.read_until(Some(until))?;
        self.stream.read(&mut [0; 4096])
    }

    fn read_until(&mut self, until: Option<Moment>) -> io::Result<()> {
        let within = self.left(until);
        if is_news(self.read_within, within) {
            self.stream.read_within(within)?;
            self.read_within = Some(within);
        }
        Ok(())
    }

    fn write_until(&mut self, until: Option<Moment>) -> io::Result<()> {
        let within = self.left(until);
        if is_news(self.write_within, within) {
            self.stream.write_within(within)?;
            self.write_within = Some(within);
        }
        Ok(())
    }

    fn left(&self, until: Option<Moment>) -> Option<Duration> {
        until.map(|until| until.since(self.now()).max(LEAST))
    }

    /// The moment up to which the stream has waited, if it came back with nothing because its time
    /// is over, and not because it never waits.
    fn is_over(&self, until: Option<Moment>) -> Option<Moment> {
        let (until, now) = (until?, self.now());
        (now.after(TICK) >= until).then_some(now.max(until))
    }
}

/// Whether a stream must be told how long it may wait: not if it knows of a little more.
fn is_news(told: Option<Option<Duration>>, within: Option<Duration>) -> bool {
    match (told, within) {
        (Some(Some(told)), Some(within)) => {
            told.checked_sub(within).is_none_or(|more| more >= TICK.min(within))
        }
        (Some(told), within) => told != within,
        (None, _) => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conn::Next;
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
        let mut here = Timed::new(here);
        here.take_seat(seats.any_seat());
        let mut incoming = Incoming::<(), _>::new(Length::u8());
        let mut messages = 0;
        loop {
            if here.has_read_last() {
                incoming.stop();
            }
            match incoming.advance().expect("sound frames") {
                Next::Message => messages += 1,
                Next::End => break,
                Next::Read => here.read(&mut incoming, None).expect("bytes"),
            }
            if messages > 0 {
                seats.drain(Duration::ZERO);
            }
        }
        assert_eq!(messages, 5, "those that came with the first, and those of one more read");
    }
}
