//! Moves bytes between a stream and the halves of a machine, and keeps a timer for their deadlines.

use core::future::{Future, poll_fn};
use core::mem::MaybeUninit;
use core::pin::Pin;
use core::task::{Context, Poll, ready};
use std::boxed::Box;
use std::io::{self, ErrorKind};
use std::sync::Arc;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Instant, Sleep, sleep_until};

use super::bell::Bell;
use crate::conn::{
    Agreed, Books, Close, Closing, Greeting, HelloError, Incoming, Moment, Outgoing, RecvError,
    RecvErrorKind, SendError, SendErrorKind,
};
use crate::frame::{Decode, Encode};
use crate::net::server::Seat;

/// A stream, a clock, and a timer that wakes the task of the connection.
#[derive(Debug)]
pub(super) struct Timed<S> {
    stream: S,
    /// tokio's own clock, so that its tests may pause it.
    start: Instant,
    timer: Option<Timer>,
    /// What the server of this connection has of it, if it has one.
    seated: Option<Seated>,
    has_read_last: bool,
}

#[derive(Debug, Clone)]
struct Seated {
    seat: Arc<Seat>,
    bell: Bell,
    /// Whether there was no room for the last read.
    lacks_room: bool,
}

/// Made once and moved on: arming a timer anew for every message would cost more than the message.
#[derive(Debug)]
struct Timer {
    sleep: Pin<Box<Sleep>>,
    until: Moment,
}

/// A connection without a receive buffer reads so much at first. So one that waits for a silent
/// peer holds no buffer at all.
const FIRST_READ: usize = 4 * 1024;

impl<S> Timed<S> {
    pub(super) fn new(stream: S) -> Timed<S> {
        Timed { stream, start: Instant::now(), timer: None, seated: None, has_read_last: false }
    }

    /// Keeps the seat for as long as this handle of the stream lives, and reads no more than once
    /// when its server is draining.
    pub(super) fn take_seat(&mut self, seat: Arc<Seat>, bell: Bell) {
        self.seated = Some(Seated { seat, bell, lacks_room: false });
    }

    /// Whether what has arrived until the server began to drain is read, with one read: a peer that
    /// goes on sending does not hold a drain up.
    pub(super) fn has_read_last(&self) -> bool {
        self.has_read_last
    }

    /// An error of waiting, or what it comes from: the peer is not to blame for a lack of room.
    pub(super) fn cause<P, F: Decode>(
        &self,
        incoming: &Incoming<P, F>,
        error: RecvError,
    ) -> RecvError {
        match &self.seated {
            Some(seated) if seated.lacks_room => {
                incoming.error(RecvErrorKind::Overloaded { limit: seated.seat.buffers_max() })
            }
            Some(_) | None => error,
        }
    }

    pub(super) fn stream(&self) -> &S {
        &self.stream
    }

    /// The halves of the stream, with one clock.
    pub(super) fn split<R, W>(self, split: impl FnOnce(S) -> (R, W)) -> (Timed<R>, Timed<W>) {
        let (reads, writes) = split(self.stream);
        let Timed { start, has_read_last, .. } = self;
        let seated = self.seated.clone();
        (
            Timed { stream: reads, start, timer: None, seated, has_read_last },
            Timed { stream: writes, start, timer: None, seated: self.seated, has_read_last },
        )
    }

    pub(super) fn now(&self) -> Moment {
        Moment::START.after(self.start.elapsed())
    }

    /// Ready with the moment up to which there was nothing to do, once it is later than `until`.
    pub(super) fn poll_until(
        &mut self,
        cx: &mut Context<'_>,
        until: Option<Moment>,
    ) -> Poll<Moment> {
        let Some(until) = until else {
            return Poll::Pending;
        };
        loop {
            let Some(end) = self.start.checked_add(until.since(Moment::START)) else {
                return Poll::Pending;
            };
            let timer = self
                .timer
                .get_or_insert_with(|| Timer { sleep: Box::pin(sleep_until(end)), until });
            // One that ends too early is only waited for again.
            if timer.until > until || timer.sleep.is_elapsed() {
                timer.sleep.as_mut().reset(end);
                timer.until = until;
            }
            ready!(timer.sleep.as_mut().poll(cx));
            if timer.until >= until {
                return Poll::Ready(self.now().max(until));
            }
        }
    }
}

impl Seated {
    /// Makes room for a read, or has the task woken when there may be some: the peer waits then, too.
    fn make_room<P, F: Decode>(&self, incoming: &mut Incoming<P, F>) -> bool {
        // Without a buffer it reads on the stack first.
        incoming.capacity() == 0 || incoming.make_room() || {
            self.seat.starve();
            incoming.make_room()
        }
    }
}

impl<S: AsyncRead + Unpin> Timed<S> {
    /// Reads once: some bytes, or the end of the stream.
    pub(super) fn poll_read<P, F: Decode>(
        &mut self,
        cx: &mut Context<'_>,
        incoming: &mut Incoming<P, F>,
    ) -> Poll<Result<(), RecvError>> {
        if let Some(seated) = &mut self.seated {
            // Rung at from now on: what it is rung for, is looked at below.
            seated.bell.wait(cx);
            seated.lacks_room = !seated.make_room(incoming);
            if seated.lacks_room && !seated.seat.is_draining() {
                return Poll::Pending;
            }
        }
        let read = if incoming.capacity() == 0 {
            self.poll_first_read(cx, incoming)
        } else {
            self.poll_next_read(cx, incoming)
        };
        if self.seated.as_ref().is_some_and(|seated| seated.seat.is_draining()) {
            self.has_read_last = true;
            if read.is_pending() {
                return Poll::Ready(Ok(()));
            }
        }
        match read {
            Poll::Ready(Ok(0)) => incoming.ended(),
            Poll::Ready(Ok(count)) => incoming.received(count, self.now()),
            Poll::Ready(Err(error)) if error.kind() == ErrorKind::UnexpectedEof => incoming.cut(),
            Poll::Ready(Err(error)) => {
                return Poll::Ready(Err(incoming.error(RecvErrorKind::Io(error))));
            }
            Poll::Pending => {
                incoming.release();
                return Poll::Pending;
            }
        }
        Poll::Ready(Ok(()))
    }

    fn poll_first_read<P, F: Decode>(
        &mut self,
        cx: &mut Context<'_>,
        incoming: &mut Incoming<P, F>,
    ) -> Poll<io::Result<usize>> {
        let mut bytes = [MaybeUninit::uninit(); FIRST_READ];
        let most = incoming.read_max().unwrap_or(FIRST_READ).min(FIRST_READ);
        let mut buffer = ReadBuf::uninit(bytes.get_mut(..most).unwrap_or_default());
        ready!(Pin::new(&mut self.stream).poll_read(cx, &mut buffer))?;
        let bytes = buffer.filled();
        for (place, byte) in incoming.space().iter_mut().zip(bytes) {
            *place = *byte;
        }
        Poll::Ready(Ok(bytes.len()))
    }

    fn poll_next_read<P, F: Decode>(
        &mut self,
        cx: &mut Context<'_>,
        incoming: &mut Incoming<P, F>,
    ) -> Poll<io::Result<usize>> {
        let mut buffer = ReadBuf::new(incoming.space());
        ready!(Pin::new(&mut self.stream).poll_read(cx, &mut buffer))?;
        Poll::Ready(Ok(buffer.filled().len()))
    }
}

impl<S: AsyncWrite + Unpin> Timed<S> {
    /// Writes and flushes all that is pending, without a deadline. After an error that is not fatal
    /// and after `Pending`, the next call goes on where this one stopped.
    pub(super) fn poll_write<P, F: Encode>(
        &mut self,
        cx: &mut Context<'_>,
        outgoing: &mut Outgoing<P, F>,
    ) -> Poll<Result<(), SendError>> {
        while !outgoing.is_empty() {
            let mut stream = Pin::new(&mut self.stream);
            let moved = match outgoing.pending() {
                [] => stream.as_mut().poll_flush(cx).map_ok(|()| None),
                bytes => stream.as_mut().poll_write(cx, bytes).map_ok(Some),
            };
            match ready!(moved) {
                Ok(None) => outgoing.flushed(),
                Ok(Some(0)) => {
                    let pending = outgoing.pending_len();
                    return Poll::Ready(Err(outgoing.error(SendErrorKind::Closed { pending })));
                }
                Ok(Some(count)) => {
                    outgoing.unflushed();
                    outgoing.written(count, self.now());
                }
                Err(error) => {
                    return Poll::Ready(Err(outgoing.error(SendErrorKind::Io(error))));
                }
            }
        }
        Poll::Ready(Ok(()))
    }

    /// Writes and flushes all that is pending, within its deadline.
    pub(super) fn poll_flush<P, F: Encode>(
        &mut self,
        cx: &mut Context<'_>,
        outgoing: &mut Outgoing<P, F>,
    ) -> Poll<Result<(), SendError>> {
        loop {
            if let Poll::Ready(written) = self.poll_write(cx, outgoing) {
                return Poll::Ready(written);
            }
            let until = outgoing.wait(self.now())?;
            let waited = ready!(self.poll_until(cx, until));
            outgoing.waited(waited);
        }
    }

    /// Tells the peer that no more will come; ready with whether it was told by then.
    pub(super) fn poll_end_writing(&mut self, cx: &mut Context<'_>, until: Moment) -> Poll<bool> {
        match Pin::new(&mut self.stream).poll_shutdown(cx) {
            Poll::Ready(told) => Poll::Ready(told.is_ok()),
            Poll::Pending => self.poll_until(cx, Some(until)).map(|_| false),
        }
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> Timed<S> {
    /// Does all that closing wants. Whatever goes wrong after the flush, the connection is at its
    /// end.
    pub(super) async fn close<P, F: Encode>(
        mut self,
        mut closing: Closing<P, F>,
    ) -> Result<(), SendError> {
        let mut flushed = Ok(());
        loop {
            match closing.advance(self.now()) {
                Close::Write => {
                    flushed = poll_fn(|cx| self.poll_flush(cx, closing.outgoing())).await;
                    if flushed.is_err() {
                        closing.give_up();
                    }
                }
                // A stream that cannot say it may wait for its peer for ever.
                Close::EndWriting { until } => {
                    match poll_fn(|cx| self.poll_end_writing(cx, until)).await {
                        true if flushed.is_ok() => self.leave(),
                        true => {}
                        false => closing.ended(),
                    }
                }
                Close::Read { until } => match poll_fn(|cx| self.poll_read_away(cx, until)).await {
                    0 => closing.ended(),
                    count => closing.received(count),
                },
                Close::Done => return flushed,
            }
        }
    }

    /// Has the server know that only the peer's end is waited for.
    fn leave(&self) {
        if let Some(seated) = &self.seated {
            seated.seat.leave();
        }
    }

    /// Reads and throws away; ready with 0 if no more comes, or not by then.
    fn poll_read_away(&mut self, cx: &mut Context<'_>, until: Moment) -> Poll<usize> {
        let mut bytes = [MaybeUninit::uninit(); FIRST_READ];
        let mut buffer = ReadBuf::uninit(&mut bytes);
        match Pin::new(&mut self.stream).poll_read(cx, &mut buffer) {
            Poll::Ready(Ok(())) => Poll::Ready(buffer.filled().len()),
            Poll::Ready(Err(_)) => Poll::Ready(0),
            Poll::Pending => self.poll_until(cx, Some(until)).map(|_| 0),
        }
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> Timed<S> {
    /// Writes this end's hello and reads the peer's.
    pub(super) fn poll_greet(
        &mut self,
        cx: &mut Context<'_>,
        greeting: &mut Greeting,
    ) -> Poll<Result<Agreed, HelloError>> {
        loop {
            let written = self.poll_write_hello(cx, greeting).map_err(HelloError::Io)?;
            if let (Some(agreed), true) = (greeting.agreed()?, written.is_ready()) {
                return Poll::Ready(Ok(agreed));
            }
            if greeting.space().is_empty() {
                return Poll::Pending;
            }
            let mut buffer = ReadBuf::new(greeting.space());
            let read = Pin::new(&mut self.stream).poll_read(cx, &mut buffer);
            let count = buffer.filled().len();
            match ready!(read) {
                Ok(()) if count == 0 => {
                    return Poll::Ready(Err(HelloError::Ended { have: greeting.have() }));
                }
                Ok(()) => greeting.received(count),
                Err(error) => return Poll::Ready(Err(HelloError::Io(error))),
            }
        }
    }

    /// Ready when this end's hello is written.
    fn poll_write_hello(
        &mut self,
        cx: &mut Context<'_>,
        greeting: &mut Greeting,
    ) -> Poll<io::Result<()>> {
        while !greeting.pending().is_empty() {
            match ready!(Pin::new(&mut self.stream).poll_write(cx, greeting.pending()))? {
                0 => return Poll::Ready(Err(ErrorKind::WriteZero.into())),
                count => greeting.written(count),
            }
        }
        Pin::new(&mut self.stream).poll_flush(cx)
    }
}
