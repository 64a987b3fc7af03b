//! A whole connection without its socket and its clock: both halves, and the rules that join them.

use core::net::SocketAddr;

#[cfg(feature = "std")]
use super::Kept;
use super::wait::earlier;
use super::{
    Agreed, Beats, Closing, Hello, Incoming, Moment, Next, Outbox, Outgoing, RecvError,
    RecvErrorKind, SendError, Timeouts,
};
use crate::conversation::{Converses, Phase, Side};
use crate::frame::{Framing, Length};
use crate::{Limits, MessageOf, Protocol, Spoken};

/// A connection that receives the messages of `In` and sends those of `Out`: bytes and a clock in,
/// messages, bytes and deadlines out.
///
/// It reads nothing, writes nothing and knows no clock. A driver repeats [`advance`](Machine::advance)
/// and does what it says; whatever it waits for, it first asks how long it may
/// [`wait`](Machine::wait). The drivers in `net` are made so, and so can be one for an event loop, a
/// serial line, or a simulation:
///
/// ```
/// # #[cfg(feature = "derive")] {
/// # use protocol_core::{Message, Protocol};
/// # #[derive(Message, Debug, PartialEq)] #[msg_type = 3] struct Data { #[wire(rest)] text: String }
/// # #[derive(Protocol, Debug, PartialEq)] enum Chat { Data(Data) }
/// use protocol_core::conn::{Machine, Moment, Step};
/// use protocol_core::frame::Length;
///
/// let now = Moment::START;
/// let mut here = Machine::<Chat>::new(Length::u32());
/// let mut there = Machine::<Chat>::new(Length::u32());
///
/// here.queue(&Data { text: "hello".into() }).unwrap();
/// while there.advance().unwrap() == Step::Read {
///     let count = here.pending().len().min(4); // A network that carries four bytes at a time.
///     there.space()[..count].copy_from_slice(&here.pending()[..count]);
///     here.written(count, now);
///     there.received(count, now);
/// }
/// assert_eq!(there.message().unwrap(), Chat::Data(Data { text: "hello".into() }));
/// # }
/// ```
#[derive(Debug)]
pub struct Machine<In, Out = In, F = Length> {
    incoming: Incoming<In, F>,
    outgoing: Outgoing<Out, F>,
}

/// What a machine wants next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// That its message is taken.
    Message,
    /// Bytes; and what is pending can be written meanwhile.
    Read,
    /// That what is pending is written before anything else: more than 64 KiB, or the last bytes
    /// after the peer has ended.
    Write,
    /// Nothing: no more will come, and all is written.
    End,
}

impl<In, Out, F: Framing> Machine<In, Out, F> {
    /// A machine that has seen no bytes yet, with the timeouts of a client.
    #[must_use]
    pub fn new(framing: F) -> Machine<In, Out, F> {
        Machine { incoming: Incoming::new(framing.clone()), outgoing: Outgoing::new(framing) }
    }

    /// Waits so long from now on.
    pub fn set_timeouts(&mut self, timeouts: Timeouts) {
        self.incoming.set_timeouts(timeouts);
        self.outgoing.set_timeouts(timeouts);
    }

    /// Unpacks within `limits` from the next message on: less may be allowed before a login than
    /// after it.
    pub fn set_limits(&mut self, limits: Limits) {
        self.incoming.set_limits(limits);
    }

    /// Takes frames of at most `max` bytes from the next one on, as
    /// [`Inbox::set_frame_max`](super::Inbox::set_frame_max) does.
    pub fn set_frame_max(&mut self, max: usize) {
        self.incoming.set_frame_max(max);
    }

    /// Keeps to what both ends agreed on: the version, and the longest frame of each.
    pub fn agree(&mut self, hello: &Hello, agreed: Agreed) {
        let most = |frame_max| usize::try_from(frame_max).unwrap_or(usize::MAX);
        self.incoming.set_frame_max(most(hello.longest_frame()));
        self.outgoing.set_frame_max(most(agreed.frame_max));
        self.incoming.set_version(agreed.version.into());
        self.outgoing.set_version(agreed.version.into());
    }

    /// Beats: sends `message` when it has sent nothing for [`Beats::every`], and takes a peer for
    /// dead from which nothing comes for [`Beats::silence`].
    ///
    /// It is sent in the version and within the limits of that moment, so beats may be set before a
    /// [`Hello`].
    ///
    /// # Errors
    /// If the message cannot be packed.
    pub fn set_beats<M>(&mut self, beats: Beats, message: M) -> Result<(), SendError>
    where
        Out: Spoken + 'static,
        F: 'static,
        M: MessageOf<Out::Sent<'static>> + Send + Sync + 'static,
    {
        self.outgoing.set_beats(beats, message)?;
        self.incoming.set_beats(beats);
        Ok(())
    }

    /// Keeps these books from now on.
    #[cfg(feature = "std")]
    pub(crate) fn keep_books(&mut self, books: Kept) {
        self.incoming.keep_books(books.clone());
        self.outgoing.keep_books(books);
    }

    /// Names the peer in every error.
    pub fn set_peer(&mut self, peer: Option<SocketAddr>) {
        self.incoming.set_peer(peer);
        self.outgoing.set_peer(peer);
    }

    /// The address of the peer, if it was set.
    #[must_use]
    pub fn peer(&self) -> Option<SocketAddr> {
        self.incoming.peer()
    }

    /// Hands out no more than the messages that are there already.
    pub fn stop(&mut self) {
        self.incoming.stop();
    }

    /// Goes on to the next message, if it is there, and says what is to be done.
    ///
    /// # Errors
    /// If the bytes are no frame, or the stream ended inside one. If the error is
    /// [fatal](RecvError::is_fatal), every later call gives the same one.
    pub fn advance(&mut self) -> Result<Step, RecvError> {
        if self.outgoing.is_full() {
            return Ok(Step::Write);
        }
        Ok(match self.incoming.advance()? {
            Next::Message => Step::Message,
            Next::Read => Step::Read,
            Next::End if self.outgoing.is_empty() => Step::End,
            Next::End => Step::Write,
        })
    }

    /// Until when the stream may be waited for, always later than `now`; `None` is for ever. A beat
    /// that is due is queued: write what is pending before waiting. While more than 64 KiB are pending
    /// nobody reads, and the peer's time for a frame stands still.
    ///
    /// # Errors
    /// If the peer took too long: for a frame, for a sign of life, or for taking what is pending.
    pub fn wait(&mut self, now: Moment) -> Result<Option<Moment>, RecvError> {
        let taken = self.outgoing.wait(now).map_err(|error| self.flush_error(error))?;
        if !self.wants_to_read() {
            self.incoming.pause(now);
            return Ok(taken);
        }
        Ok(earlier(self.incoming.wait(now)?, taken))
    }

    /// Takes note that up to `now` the stream gave and took nothing.
    pub fn waited(&mut self, now: Moment) {
        self.incoming.waited(now);
        self.outgoing.waited(now);
    }

    /// Whether more should be read now: not while more than 64 KiB wait for a peer that does not
    /// take them.
    #[must_use]
    pub fn wants_to_read(&self) -> bool {
        !self.outgoing.is_full()
    }

    /// The room for the next read, as [`Inbox::space`](super::Inbox::space) gives it. The message handed
    /// out last is gone.
    pub fn space(&mut self) -> &mut [u8] {
        self.incoming.space()
    }

    /// Takes note that a read put `count` bytes to the start of the [`space`](Machine::space).
    pub fn received(&mut self, count: usize, now: Moment) {
        self.incoming.received(count, now);
    }

    /// Takes note that the stream has ended.
    pub fn ended(&mut self) {
        self.incoming.ended();
    }

    /// Queues `message`, as [`Outbox::queue`] does.
    ///
    /// # Errors
    /// As for [`Outbox::queue`].
    pub fn queue<'m, M>(&mut self, message: &M) -> Result<(), SendError>
    where
        Out: Spoken,
        M: MessageOf<Out::Sent<'m>>,
    {
        self.outgoing.queue(message)
    }

    /// The bytes to write next, as [`Outgoing::pending`] gives them.
    #[must_use]
    pub fn pending(&self) -> &[u8] {
        self.outgoing.pending()
    }

    /// Takes note that the first `count` of the [`pending`](Machine::pending) bytes are written.
    pub fn written(&mut self, count: usize, now: Moment) {
        self.outgoing.written(count, now);
    }

    /// How many bytes of memory both buffers hold.
    #[must_use]
    pub fn capacity(&self) -> usize {
        self.incoming.capacity().saturating_add(self.outgoing.capacity())
    }

    /// Both halves, for a driver that moves them apart.
    pub fn halves(&mut self) -> (&mut Incoming<In, F>, &mut Outgoing<Out, F>) {
        (&mut self.incoming, &mut self.outgoing)
    }

    /// Parts the machine into its halves, for two threads or tasks.
    ///
    /// They no longer know of each other: nobody stops reading when much is pending, and beats are
    /// queued only where somebody asks the sending half how long it may [`wait`](Outgoing::wait).
    #[must_use]
    pub fn split(self) -> (Incoming<In, F>, Outgoing<Out, F>) {
        (self.incoming, self.outgoing)
    }

    /// Ends the connection so that the peer gets everything that was queued.
    #[must_use]
    pub fn close(self) -> Closing<Out, F> {
        Closing::new(self.outgoing)
    }

    /// The error of a write that came before a read.
    pub(crate) fn flush_error(&self, error: SendError) -> RecvError {
        RecvError::new(RecvErrorKind::Flush(error.into_kind()), None).of_peer(self.peer())
    }
}

impl<In: Protocol, Out, F: Framing> Machine<In, Out, F> {
    /// The message that was advanced to, borrowed from the buffer where its fields borrow.
    ///
    /// # Errors
    /// If the bytes of the frame are no message of the protocol. The next
    /// [`advance`](Machine::advance) goes on to the next one.
    pub fn message(&self) -> Result<In::Of<'_>, RecvError> {
        self.incoming.message()
    }

    /// The name of the message that was advanced to, if the protocol gives it one.
    #[cfg(feature = "std")]
    pub(crate) fn message_name(&self) -> Option<&'static str> {
        self.incoming.message_name()
    }

    /// The message that was advanced to, and the outbox for its replies.
    ///
    /// # Errors
    /// As for [`message`](Machine::message).
    pub fn message_to_answer(&mut self) -> Result<(In::Of<'_>, &mut Outbox<Out, F>), RecvError> {
        Ok((self.incoming.message()?, self.outgoing.outbox()))
    }
}

impl<In: Protocol + Converses, Out, F: Framing> Machine<In, Out, F> {
    /// The message that was advanced to, if it may come now, as
    /// [`Inbox::message_in`](super::Inbox::message_in) gives it.
    ///
    /// # Errors
    /// As for [`Inbox::message_in`](super::Inbox::message_in).
    pub fn message_in(&self, phase: &mut Phase, from: Side) -> Result<In::Of<'_>, RecvError> {
        self.incoming.message_in(phase, from)
    }

    /// The message that was advanced to, if it may come now, and the outbox for its replies.
    ///
    /// # Errors
    /// As for [`Inbox::message_in`](super::Inbox::message_in).
    pub fn message_in_to_answer(
        &mut self,
        phase: &mut Phase,
        from: Side,
    ) -> Result<(In::Of<'_>, &mut Outbox<Out, F>), RecvError> {
        Ok((self.incoming.message_in(phase, from)?, self.outgoing.outbox()))
    }
}
