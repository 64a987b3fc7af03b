//! The sending half of a connection with its deadlines: messages and a clock in, bytes out.

use alloc::boxed::Box;
use core::fmt;
use core::net::SocketAddr;
use core::time::Duration;

#[cfg(feature = "std")]
use super::Kept;
use super::wait::{Over, Wait};
use super::{Beats, Moment, Outbox, SendError, SendErrorKind, Timeouts};
use crate::frame::{Encode, Length};
use crate::{MessageOf, Spoken};

/// Sends the messages of the protocol `P`, and says how long the peer may take for them.
///
/// It is one half of a [`Machine`](super::Machine), for a thread or task of its own. While there is
/// something [`pending`](Outgoing::pending), a driver asks how long it may
/// [`wait`](Outgoing::wait), writes, and tells what came of it: bytes that were
/// [`written`](Outgoing::written), or that it only [`waited`](Outgoing::waited).
///
/// ```
/// # #[cfg(feature = "derive")] {
/// # use protocol_core::{Message, Protocol};
/// # #[derive(Message, Debug)] #[msg_type = 3] struct Data { #[wire(rest)] text: String }
/// # #[derive(Protocol, Debug)] enum Chat { Data(Data) }
/// use std::time::Duration;
/// use protocol_core::conn::{Moment, Outgoing, SendErrorKind};
/// use protocol_core::frame::Length;
///
/// let mut outgoing = Outgoing::<Chat>::new(Length::u32());
/// outgoing.queue(&Data { text: "hi".into() }).unwrap();
/// assert_eq!(outgoing.pending(), b"\x00\x00\x00\x03\x03hi");
///
/// let until = outgoing.wait(Moment::START).unwrap().unwrap();
/// assert_eq!(until.since(Moment::START), Duration::from_secs(30));
/// outgoing.written(5, Moment::START);
/// outgoing.waited(until);
/// let error = outgoing.wait(until).unwrap_err();
/// assert!(matches!(error.kind(), SendErrorKind::Stalled { pending: 2, .. }));
/// # }
/// ```
#[derive(Debug)]
pub struct Outgoing<P, F = Length> {
    outbox: Outbox<P, F>,
    allowed: Option<Duration>,
    peer: Option<SocketAddr>,
    /// What is being written, until the peer has taken it.
    portion: Option<Portion>,
    /// Whether the stream may hold back some of what it took.
    is_unflushed: bool,
    beat: Option<Box<Beat<P, F>>>,
}

/// The bytes that one wait is for.
#[derive(Debug, Clone, Copy)]
struct Portion {
    wait: Wait,
    left: usize,
}

/// The message that is sent when nothing else is.
struct Beat<P, F> {
    /// Packs it anew each time: the version and the limits may be others by then.
    queue: Box<QueueBeat<P, F>>,
    every: Duration,
    due: Option<Moment>,
}

type QueueBeat<P, F> = dyn Fn(&mut Outbox<P, F>) -> Result<(), SendError> + Send + Sync;

impl<P, F> fmt::Debug for Beat<P, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Beat").field("every", &self.every).field("due", &self.due).finish()
    }
}

/// A peer may take its time for so many bytes at once; the wait then begins anew.
const PORTION: usize = 64 * 1024;
/// The most bytes of one write: so many that what was queued just above 64 KiB goes out whole.
const WRITE_MAX: usize = 2 * PORTION;

impl<P, F: Encode> Outgoing<P, F> {
    /// A half that has nothing to send yet, with the timeouts of a client.
    #[must_use]
    pub fn new(framing: F) -> Outgoing<P, F> {
        Outgoing {
            outbox: Outbox::new(framing),
            allowed: Timeouts::CLIENT.write,
            peer: None,
            portion: None,
            is_unflushed: false,
            beat: None,
        }
    }

    /// Waits so long from now on.
    pub fn set_timeouts(&mut self, timeouts: Timeouts) {
        self.allowed = timeouts.write;
        self.portion = None;
    }

    /// Queues frames of at most `max` bytes, as [`Outbox::set_frame_max`] does.
    pub fn set_frame_max(&mut self, max: usize) {
        self.outbox.set_frame_max(max);
    }

    /// Packs messages in this version of their layout, as [`Outbox::set_version`] does.
    pub fn set_version(&mut self, version: u32) {
        self.outbox.set_version(version);
    }

    /// Sends `message` whenever nothing was sent for [`Beats::every`], in the version and within the limits
    /// of that moment.
    ///
    /// # Errors
    /// If the message cannot be packed.
    pub fn set_beats<M>(&mut self, beats: Beats, message: M) -> Result<(), SendError>
    where
        P: Spoken + 'static,
        F: 'static,
        M: MessageOf<P::Sent<'static>> + Send + Sync + 'static,
    {
        self.outbox.try_pack(&message).map_err(|error| error.of_peer(self.peer))?;
        let queue = Box::new(move |outbox: &mut Outbox<P, F>| outbox.queue(&message));
        self.beat = Some(Box::new(Beat { queue, every: beats.every, due: None }));
        Ok(())
    }

    /// Whether beats are set.
    #[cfg(feature = "std")]
    pub(crate) fn has_beats(&self) -> bool {
        self.beat.is_some()
    }

    /// Keeps these books from now on.
    #[cfg(feature = "std")]
    pub(crate) fn keep_books(&mut self, books: Kept) {
        self.outbox.keep_books(books);
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

    /// Queues `message`, as [`Outbox::queue`] does.
    ///
    /// # Errors
    /// As for [`Outbox::queue`].
    pub fn queue<'m, M>(&mut self, message: &M) -> Result<(), SendError>
    where
        P: Spoken,
        M: MessageOf<P::Sent<'m>>,
    {
        self.outbox.queue(message).map_err(|error| error.of_peer(self.peer))
    }

    /// The outbox, for a handler that queues replies.
    pub fn outbox(&mut self) -> &mut Outbox<P, F> {
        &mut self.outbox
    }

    /// Until when the stream may be waited for to take what is pending, always later than `now`;
    /// `None` is for ever. If nothing is pending and a beat is due, it is queued; before it is due,
    /// this is the moment when it will be.
    ///
    /// # Errors
    /// If the peer did not take 64 KiB, or all that is pending, in time; or if a beat is due and cannot be
    /// queued.
    pub fn wait(&mut self, now: Moment) -> Result<Option<Moment>, SendError> {
        if self.is_empty() {
            let due = self.beat(now)?;
            if self.is_empty() {
                return Ok(due);
            }
        }
        let allowed = self.allowed;
        let portion = self
            .portion
            .get_or_insert_with(|| Portion { wait: Wait::begin(now, allowed), left: PORTION });
        portion.wait.until(now).map_err(|Over| self.stalled())
    }

    /// The bytes to write next, at most 128 KiB, or those of one frame if the framing wants a write
    /// for each.
    #[must_use]
    pub fn pending(&self) -> &[u8] {
        let pending = self.outbox.pending();
        pending.get(..WRITE_MAX).unwrap_or(pending)
    }

    /// How many bytes are pending.
    #[must_use]
    pub fn pending_len(&self) -> usize {
        self.outbox.pending_len()
    }

    /// Whether nothing is pending, and nothing unflushed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.outbox.is_empty() && !self.is_unflushed
    }

    /// Whether so much is pending that it should be written before more is read from the peer:
    /// above 64 KiB.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.outbox.is_full()
    }

    /// Takes note that the first `count` of the [`pending`](Outgoing::pending) bytes are written.
    pub fn written(&mut self, count: usize, now: Moment) {
        let took_all = count >= self.pending().len();
        self.outbox.advance(count);
        if let Some(beat) = &mut self.beat {
            beat.due = Some(now.after(beat.every));
        }
        let portion = self.portion.take().filter(|_| !self.is_empty());
        self.portion = portion.and_then(|mut portion| {
            portion.left = portion.left.checked_sub(count).filter(|left| *left > 0)?;
            portion.wait.moved(now, took_all);
            Some(portion)
        });
    }

    /// Takes note that the stream may hold back some of what it took, as one does that buffers or
    /// encrypts: the peer's time runs on until it is [`flushed`](Outgoing::flushed).
    pub fn unflushed(&mut self) {
        self.is_unflushed = true;
    }

    /// Takes note that the stream has passed on all that it took.
    pub fn flushed(&mut self) {
        self.is_unflushed = false;
        self.portion = self.portion.filter(|_| !self.outbox.is_empty());
    }

    /// Takes note that up to `now` nothing could be written.
    pub fn waited(&mut self, now: Moment) {
        if let Some(portion) = &mut self.portion {
            portion.wait.waited(now);
        }
    }

    /// Gives the send buffer back, as [`Outbox::release`] does.
    pub fn release(&mut self) {
        self.outbox.release();
    }

    /// How many bytes of memory the send buffer holds.
    #[must_use]
    pub fn capacity(&self) -> usize {
        self.outbox.capacity()
    }

    /// An error with what is known of the peer, for a driver whose stream failed.
    #[must_use]
    pub fn error(&self, kind: SendErrorKind) -> SendError {
        SendError::from(kind).of_peer(self.peer)
    }

    /// Queues the beat if it is due; otherwise says when it is.
    fn beat(&mut self, now: Moment) -> Result<Option<Moment>, SendError> {
        let Some(Beat { queue, every, due }) = self.beat.as_deref_mut() else {
            return Ok(None);
        };
        let moment = *due.get_or_insert(now.after(*every));
        if moment > now {
            return Ok(Some(moment));
        }
        *due = None;
        queue(&mut self.outbox).map_err(|error| error.of_peer(self.peer))?;
        Ok(None)
    }

    fn stalled(&self) -> SendError {
        let allowed = self.allowed.unwrap_or_default();
        self.error(SendErrorKind::Stalled { pending: self.pending_len(), allowed })
    }
}
