//! The receiving half of a connection with its deadlines: bytes and a clock in, messages out.

use alloc::boxed::Box;
use core::net::SocketAddr;
use core::time::Duration;

#[cfg(feature = "std")]
use super::Kept;
use super::wait::{Over, Wait, earlier};
use super::{Beats, Inbox, Moment, RecvError, RecvErrorKind, State, Timeouts};
use crate::conversation::{Converses, Phase, Side};
use crate::frame::{Decode, Length};
#[cfg(feature = "std")]
use crate::header::header_in;
#[cfg(feature = "std")]
use crate::{Header, MessageInfo, WithHeader};
use crate::{Limits, Protocol};

/// Receives the messages of the protocol `P`, and says how long they may be waited for.
///
/// It is one half of a [`Machine`](super::Machine), for a thread or task of its own. A driver
/// repeats: [`advance`](Incoming::advance); at [`Next::Read`] it asks how long it may
/// [`wait`](Incoming::wait), reads into the [`space`](Incoming::space), and tells what came of it:
/// bytes that were [`received`](Incoming::received), that the stream has [`ended`](Incoming::ended),
/// or that it only [`waited`](Incoming::waited).
///
/// ```
/// # #[cfg(feature = "derive")] {
/// # use protocol_core::{Message, Protocol};
/// # #[derive(Message, Debug, PartialEq)] #[msg_type = 3] struct Data { #[wire(rest)] text: String }
/// # #[derive(Protocol, Debug, PartialEq)] enum Chat { Data(Data) }
/// use std::time::Duration;
/// use protocol_core::conn::{Incoming, Moment, Next, RecvErrorKind};
/// use protocol_core::frame::Length;
///
/// let mut incoming = Incoming::<Chat>::new(Length::u32());
/// assert_eq!(incoming.advance().unwrap(), Next::Read);
/// assert_eq!(incoming.wait(Moment::START).unwrap(), None, "a client waits without end");
/// incoming.space()[..5].copy_from_slice(b"\x00\x00\x00\x03\x03");
/// incoming.received(5, Moment::START);
///
/// // A frame has begun, and may take ten seconds.
/// assert_eq!(incoming.advance().unwrap(), Next::Read);
/// let until = incoming.wait(Moment::START).unwrap().unwrap();
/// assert_eq!(until.since(Moment::START), Duration::from_secs(10));
/// incoming.waited(until);
/// let error = incoming.wait(until).unwrap_err();
/// assert!(matches!(error.kind(), RecvErrorKind::FrameTimeout { have: 5, needed: 7, .. }));
/// # }
/// ```
#[derive(Debug)]
pub struct Incoming<P, F = Length> {
    inbox: Inbox<P, F>,
    frame_within: Option<Duration>,
    idle_within: Option<Duration>,
    peer: Option<SocketAddr>,
    /// How much of the next frame is there.
    partial: Partial,
    waiting: Option<Waiting>,
    silence: Option<Box<Silence>>,
    /// Since when nobody reads.
    paused: Option<Moment>,
    /// The length of the space that was last given out.
    room: usize,
    is_stopping: bool,
    is_cut: bool,
}

/// What a receiving half wants next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// That its message is taken.
    Message,
    /// Bytes.
    Read,
    /// Nothing: no more will come.
    End,
}

#[derive(Debug, Clone, Copy, Default)]
struct Partial {
    have: usize,
    needed: usize,
}

/// A wait for the first byte of a frame, or for its last. It lasts over many reads: a deadline that
/// began with each of them would never come for a peer that drips.
#[derive(Debug, Clone, Copy)]
struct Waiting {
    wait: Wait,
    is_inside: bool,
}

/// A wait for any byte at all, from a peer that beats.
#[derive(Debug, Clone, Copy)]
struct Silence {
    allowed: Duration,
    wait: Option<Wait>,
}

impl<P, F: Decode> Incoming<P, F> {
    /// A half that has received nothing yet, with the timeouts of a client.
    #[must_use]
    pub fn new(framing: F) -> Incoming<P, F> {
        Incoming {
            inbox: Inbox::new(framing),
            frame_within: Timeouts::CLIENT.frame,
            idle_within: Timeouts::CLIENT.idle,
            peer: None,
            partial: Partial::default(),
            waiting: None,
            silence: None,
            paused: None,
            room: 0,
            is_stopping: false,
            is_cut: false,
        }
    }

    /// Waits so long from now on.
    pub fn set_timeouts(&mut self, timeouts: Timeouts) {
        (self.frame_within, self.idle_within) = (timeouts.frame, timeouts.idle);
        self.waiting = None;
    }

    /// Takes a peer from which nothing comes for so many beats for dead.
    pub fn set_beats(&mut self, beats: Beats) {
        self.silence = Some(Box::new(Silence { allowed: beats.silence(), wait: None }));
    }

    /// Unpacks within `limits` from the next message on.
    pub fn set_limits(&mut self, limits: Limits) {
        self.inbox.set_limits(limits);
    }

    /// Unpacks messages in this version of their layout, as [`Inbox::set_version`] does.
    pub fn set_version(&mut self, version: u32) {
        self.inbox.set_version(version);
    }

    /// Takes frames of at most `max` bytes, as [`Inbox::set_frame_max`] does.
    pub fn set_frame_max(&mut self, max: usize) {
        self.inbox.set_frame_max(max);
    }

    /// Keeps these books from now on.
    #[cfg(feature = "std")]
    pub(crate) fn keep_books(&mut self, books: Kept) {
        self.inbox.keep_books(books);
    }

    /// Makes room for the next read, as [`Inbox::make_room`] does.
    #[cfg(feature = "std")]
    pub(crate) fn make_room(&mut self) -> bool {
        self.inbox.make_room()
    }

    /// Names the peer in every error.
    pub fn set_peer(&mut self, peer: Option<SocketAddr>) {
        self.peer = peer;
    }

    /// The address of the peer, if it was set.
    #[must_use]
    pub fn peer(&self) -> Option<SocketAddr> {
        self.peer
    }

    /// Hands out no more than the messages that are there already. A peer that goes on sending does
    /// not hold this up, and a frame that only began is no error.
    pub fn stop(&mut self) {
        self.is_stopping = true;
    }

    /// Goes on to the next message, if it is there.
    ///
    /// # Errors
    /// If the bytes are no frame, or the stream ended inside one. If the error is
    /// [fatal](RecvError::is_fatal), every later call gives the same one.
    pub fn advance(&mut self) -> Result<Next, RecvError> {
        match self.inbox.advance() {
            Ok(State::Ready) => {
                self.waiting = None;
                Ok(Next::Message)
            }
            Ok(State::Need { .. } | State::End { .. }) if self.is_stopping => Ok(Next::End),
            Ok(State::End { have, .. }) if self.is_cut => {
                Err(self.error(RecvErrorKind::Cut { have }))
            }
            Ok(State::End { have: 0, .. }) => Ok(Next::End),
            Ok(State::End { have, more }) => {
                let needed = have.saturating_add(more);
                Err(self.error(RecvErrorKind::EndInside { have, needed }))
            }
            Ok(State::Need { have, more }) => {
                self.partial = Partial { have, needed: have.saturating_add(more) };
                Ok(Next::Read)
            }
            Err(error) => {
                // A frame behind the bad one has its own time.
                self.waiting = None;
                Err(self.error(RecvErrorKind::Frame(error)))
            }
        }
    }

    /// Whether a part of the next frame was there at the last [`Next::Read`].
    #[cfg(feature = "std")]
    pub(super) fn has_begun(&self) -> bool {
        self.partial.have > 0
    }

    /// Until when bytes may be waited for after [`Next::Read`], always later than `now`; `None` is
    /// for ever, and for a stream that has ended.
    ///
    /// # Errors
    /// If the time for the frame, for silence or between two beats is over, and what the stream
    /// held by then was read.
    pub fn wait(&mut self, now: Moment) -> Result<Option<Moment>, RecvError> {
        if self.inbox.has_ended() || self.is_stopping {
            return Ok(None);
        }
        if let Some(since) = self.paused.take() {
            self.waits().for_each(|wait| wait.put_off(now.since(since)));
        }
        let is_inside = self.partial.have > 0;
        let allowed = if is_inside { self.frame_within } else { self.idle_within };
        let waiting = match &mut self.waiting {
            Some(waiting) if waiting.is_inside == is_inside => waiting,
            waiting => waiting.insert(Waiting { wait: Wait::begin(now, allowed), is_inside }),
        };
        let until = waiting.wait.until(now).map_err(|Over| self.timeout(is_inside))?;
        Ok(earlier(until, self.wait_for_beat(now)?))
    }

    /// The room for the next read, as [`Inbox::space`] gives it. The message handed out last is gone.
    pub fn space(&mut self) -> &mut [u8] {
        let space = self.inbox.space();
        self.room = space.len();
        space
    }

    /// Takes note that a read put `count` bytes to the start of the [`space`](Incoming::space).
    pub fn received(&mut self, count: usize, now: Moment) {
        self.inbox.received(count);
        if let Some(waiting) = &mut self.waiting {
            waiting.wait.moved(now, count >= self.room);
        }
        if let Some(silence) = &mut self.silence {
            silence.wait = Some(Wait::begin(now, Some(silence.allowed)));
        }
    }

    /// Takes note that the stream has ended.
    pub fn ended(&mut self) {
        self.inbox.end();
    }

    /// Takes note that the stream has ended against the rules of its kind.
    pub fn cut(&mut self) {
        self.is_cut = true;
        self.inbox.end();
    }

    /// Takes note that up to `now` there was nothing to read.
    pub fn waited(&mut self, now: Moment) {
        self.waits().for_each(|wait| wait.waited(now));
    }

    /// Takes note that from `now` to the next [`wait`](Incoming::wait) nobody reads, as long as too
    /// much is pending for a peer: its time does not run then, for it may be unable to send.
    pub fn pause(&mut self, now: Moment) {
        self.paused.get_or_insert(now);
    }

    /// The most bytes that the next read may take, if the framing minds.
    #[must_use]
    pub fn read_max(&self) -> Option<usize> {
        self.inbox.read_max()
    }

    /// Gives the whole buffer back, if no byte in it is unread: for a peer that may be silent for
    /// long. The message handed out last is gone.
    pub fn release(&mut self) {
        self.inbox.release();
    }

    /// How many bytes of memory the receive buffer holds.
    #[must_use]
    pub fn capacity(&self) -> usize {
        self.inbox.capacity()
    }

    /// An error with what is known of the peer, for a driver whose stream failed.
    #[must_use]
    pub fn error(&self, kind: RecvErrorKind) -> RecvError {
        RecvError::new(kind, self.inbox.foreign()).of_peer(self.peer)
    }

    fn waits(&mut self) -> impl Iterator<Item = &mut Wait> {
        let waiting = self.waiting.as_mut().map(|waiting| &mut waiting.wait);
        let silence = self.silence.as_mut().and_then(|silence| silence.wait.as_mut());
        waiting.into_iter().chain(silence)
    }

    fn wait_for_beat(&mut self, now: Moment) -> Result<Option<Moment>, RecvError> {
        let Some(Silence { allowed, wait }) = self.silence.as_deref_mut() else {
            return Ok(None);
        };
        let allowed = *allowed;
        let wait = wait.get_or_insert_with(|| Wait::begin(now, Some(allowed)));
        wait.until(now).map_err(|Over| self.error(RecvErrorKind::BeatTimeout { allowed }))
    }

    fn timeout(&mut self, is_inside: bool) -> RecvError {
        if is_inside {
            let Partial { have, needed } = self.partial;
            let allowed = self.frame_within.unwrap_or_default();
            return self.error(RecvErrorKind::FrameTimeout { have, needed, allowed });
        }
        // A silent peer may speak later: the next wait is a new one.
        self.waiting = None;
        let allowed = self.idle_within.unwrap_or_default();
        self.error(RecvErrorKind::IdleTimeout { allowed })
    }
}

impl<P: Protocol, F: Decode> Incoming<P, F> {
    /// The message that was advanced to, borrowed from the buffer where its fields borrow.
    ///
    /// # Errors
    /// If the bytes of the frame are no message of the protocol. The next
    /// [`advance`](Incoming::advance) goes on to the next one.
    pub fn message(&self) -> Result<P::Of<'_>, RecvError> {
        self.inbox.message().map_err(|error| error.of_peer(self.peer))
    }

    /// The name of the message that was advanced to, if the protocol gives it one.
    #[cfg(feature = "std")]
    pub(crate) fn message_name(&self) -> Option<&'static str> {
        let number = P::number_in(self.inbox.bytes())?;
        MessageInfo::name_of(P::MESSAGES, number)
    }
}

#[cfg(feature = "std")]
impl<H: Header, P, F: Decode> Incoming<WithHeader<H, P>, F> {
    /// The number of the call that was advanced to the reply of, by the header alone: its body may be
    /// none.
    pub(crate) fn correlation(&self) -> Option<u64> {
        header_in::<H>(self.inbox.bytes()).and_then(|header| header.correlation())
    }
}

impl<P: Protocol + Converses, F: Decode> Incoming<P, F> {
    /// The message that was advanced to, if it may come now, as [`Inbox::message_in`] gives it.
    ///
    /// # Errors
    /// As for [`Inbox::message_in`].
    pub fn message_in(&self, phase: &mut Phase, from: Side) -> Result<P::Of<'_>, RecvError> {
        self.inbox.message_in(phase, from).map_err(|error| error.of_peer(self.peer))
    }

    /// Whether the message that was advanced to leads on from this phase. It is not taken then, and the
    /// next [`advance`](Incoming::advance) goes to it once more.
    #[cfg(feature = "std")]
    pub(crate) fn leads_on(&mut self, phase: Phase, from: Side) -> Result<bool, RecvError> {
        let next = self.inbox.phase_after(phase, from);
        let leads_on = next.map_err(|error| error.of_peer(self.peer))? != phase;
        if leads_on {
            self.inbox.hold();
        }
        Ok(leads_on)
    }
}
