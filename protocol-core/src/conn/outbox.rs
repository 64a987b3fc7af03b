//! The sending half of a connection: messages are packed straight into the send buffer.
//!
//! What is queued is always a sequence of whole frames: a message that cannot be packed, or is too
//! large for its frame, leaves no trace.

use alloc::boxed::Box;
use alloc::collections::VecDeque;
use alloc::vec::Vec;
use core::marker::PhantomData;

use super::{Kept, SendError, SendErrorKind};
#[cfg(feature = "std")]
use crate::PackError;
use crate::frame::{Encode, FrameError, FrameErrorKind, Length};
use crate::{Fault, MessageOf, Pack, Sink, Spoken};

/// Messages of the protocol `P` that wait to be written.
///
/// ```
/// # #[cfg(feature = "derive")] {
/// # use protocol_core::{Message, Protocol};
/// # #[derive(Message, Debug)] #[msg_type = 3] struct Data { #[wire(rest)] text: String }
/// # #[derive(Protocol, Debug)] enum Chat { Data(Data) }
/// use protocol_core::conn::Outbox;
/// use protocol_core::frame::Length;
///
/// let mut outbox = Outbox::<Chat>::new(Length::u32());
/// outbox.queue(&Data { text: "hi".into() }).unwrap();
/// assert_eq!(outbox.pending(), b"\x00\x00\x00\x03\x03hi");
/// outbox.advance(5);
/// assert_eq!(outbox.pending(), b"hi");
/// # }
/// ```
#[derive(Debug)]
pub struct Outbox<P, F = Length> {
    framing: F,
    buffer: Vec<u8>,
    /// How much of the buffer is written already.
    written: usize,
    /// For a framing that wants a write for each frame. Most do not, and have no room for it.
    ends: Option<Box<Ends>>,
    limit: usize,
    /// The longest frame that the peer takes.
    frame_max: usize,
    /// The version of the layout in which messages are packed, if it is not the protocol's own.
    version: Option<u32>,
    books: Kept,
    protocol: PhantomData<fn(P)>,
}

/// Above this many pending bytes the outbox is full; and it keeps this much room when it is empty.
const HIGH_WATER: usize = 64 * 1024;
/// So small a buffer is kept even by a connection that is idle.
const KEPT_IDLE: usize = 512;
/// The most bytes that may be pending before another message is refused.
const LIMIT: usize = 16 * 1024 * 1024;

/// Where in a buffer each frame ends.
#[derive(Debug, Default)]
struct Ends(VecDeque<usize>);

impl Ends {
    fn first(&self) -> Option<usize> {
        self.0.front().copied()
    }

    /// Forgets the frames that are written as a whole.
    fn pass(&mut self, written: usize) {
        while self.first().is_some_and(|end| end <= written) {
            self.0.pop_front();
        }
    }

    /// Takes note that so many bytes were dropped at the start of the buffer.
    fn move_to_front(&mut self, dropped: usize) {
        for end in &mut self.0 {
            *end = end.saturating_sub(dropped);
        }
    }
}

impl<P, F: Encode> Outbox<P, F> {
    /// An empty outbox, which has not yet allocated.
    #[must_use]
    pub fn new(framing: F) -> Outbox<P, F> {
        Outbox {
            framing,
            buffer: Vec::new(),
            written: 0,
            ends: None,
            limit: LIMIT,
            frame_max: usize::MAX,
            version: None,
            books: Kept::default(),
            protocol: PhantomData,
        }
    }

    /// Refuses another message while `limit` bytes or more are pending; 16 MiB by default.
    pub fn set_limit(&mut self, limit: usize) {
        self.limit = limit;
    }

    /// Keeps these books from now on.
    #[cfg(feature = "std")]
    pub(crate) fn keep_books(&mut self, books: Kept) {
        self.books = books;
    }

    /// Queues frames of at most `max` bytes, with all that stands around the message, however much the
    /// framing allows.
    pub fn set_frame_max(&mut self, max: usize) {
        self.frame_max = max;
    }

    /// Packs messages in this version of their layout from now on; in the protocol's own
    /// ([`Pack::VERSION`]) by default.
    pub fn set_version(&mut self, version: u32) {
        self.version = Some(version);
    }

    /// Packs `message` behind what is pending, with the frame around it. The message may borrow from
    /// anywhere, for any time: it is packed at once.
    ///
    /// # Errors
    /// If the message cannot be packed, is too large for a frame, or too many bytes are pending, of
    /// this connection or of its whole server. Nothing of it is queued then.
    pub fn queue<'m, M>(&mut self, message: &M) -> Result<(), SendError>
    where
        P: Spoken,
        M: MessageOf<P::Sent<'m>>,
    {
        let message = As::<M, P::Sent<'m>>(message, PhantomData);
        let version = self.version.unwrap_or(P::Sent::<'m>::VERSION);
        self.frame(|buffer| {
            message.pack_version_into(buffer, version).map_err(SendErrorKind::Message)
        })
    }

    /// Packs `message` as [`queue`](Outbox::queue) does, and queues nothing.
    ///
    /// # Errors
    /// If the message cannot be packed.
    pub(super) fn try_pack<'m, M>(&self, message: &M) -> Result<(), SendError>
    where
        P: Spoken,
        M: MessageOf<P::Sent<'m>>,
    {
        let message = As::<M, P::Sent<'m>>(message, PhantomData);
        let version = self.version.unwrap_or(P::Sent::<'m>::VERSION);
        message
            .pack_version(version)
            .map(drop)
            .map_err(|error| SendErrorKind::Message(error).into())
    }

    /// The bytes to write next: all that is pending, or those of one frame if the framing wants
    /// a write for each.
    #[must_use]
    pub fn pending(&self) -> &[u8] {
        let end = self.ends.as_ref().and_then(|ends| ends.first()).unwrap_or(self.buffer.len());
        self.buffer.get(self.written..end).unwrap_or_default()
    }

    /// Takes note that the first `count` of the [`pending`](Outbox::pending) bytes are written.
    pub fn advance(&mut self, count: usize) {
        self.written = self.written.saturating_add(count).min(self.buffer.len());
        if let Some(ends) = &mut self.ends {
            ends.pass(self.written);
        }
        if self.is_empty() {
            self.buffer.clear();
            self.written = 0;
            if self.buffer.capacity() > HIGH_WATER {
                self.buffer.shrink_to(HIGH_WATER);
                if let Some(books) = &self.books.0 {
                    books.hold_outbox(self.buffer.capacity());
                }
            }
        }
    }

    /// Gives the buffer back, if nothing is pending and it is not small: for a peer that may be silent
    /// for long.
    pub fn release(&mut self) {
        if self.is_empty() && self.buffer.capacity() > KEPT_IDLE {
            self.buffer = Vec::new();
            self.ends = None;
            if let Some(books) = &self.books.0 {
                books.hold_outbox(0);
            }
        }
    }

    /// How many bytes are pending.
    #[must_use]
    pub fn pending_len(&self) -> usize {
        self.buffer.len().saturating_sub(self.written)
    }

    /// Whether nothing is pending.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.pending_len() == 0
    }

    /// Whether so much is pending that it should be written before more is read from the peer:
    /// above 64 KiB, or anything if the connections of its server hold all the bytes that they may.
    #[must_use]
    pub fn is_full(&self) -> bool {
        let is_overloaded = || self.books.0.as_ref().is_some_and(|books| !books.has_room());
        self.pending_len() > HIGH_WATER || (!self.is_empty() && is_overloaded())
    }

    /// How many bytes of memory the send buffer holds.
    #[must_use]
    pub fn capacity(&self) -> usize {
        self.buffer.capacity()
    }

    /// Completes the frame that begins at `start`, if it is within the limits.
    fn finish(&mut self, start: usize) -> Result<(), FrameError> {
        self.framing.finish(&mut self.buffer, start)?;
        let length = self.buffer.len().saturating_sub(start);
        if length <= self.frame_max {
            return Ok(());
        }
        let (claimed, allowed) = (length as u64, self.frame_max as u64);
        Err(FrameError::sent(FrameErrorKind::AboveLimit { claimed, allowed }))
    }

    /// Puts a frame around what `put` appends, or leaves no trace.
    fn frame(
        &mut self,
        put: impl FnOnce(&mut Vec<u8>) -> Result<(), SendErrorKind>,
    ) -> Result<(), SendError> {
        let pending = self.pending_len();
        if pending >= self.limit {
            return Err(SendErrorKind::Full { pending, limit: self.limit }.into());
        }
        if let Some(books) = self.books.0.as_ref().filter(|books| !books.has_room()) {
            return Err(SendErrorKind::Overloaded { limit: books.buffers_max() }.into());
        }
        self.drop_written();
        let start = self.buffer.len();
        self.framing.begin(&mut self.buffer);
        let put = put(&mut self.buffer);
        let framed = put.and_then(|()| self.finish(start).map_err(SendErrorKind::Frame));
        if framed.is_err() {
            self.buffer.truncate(start);
        } else if self.framing.writes_apart() {
            self.ends.get_or_insert_default().0.push_back(self.buffer.len());
        }
        if let Some(books) = &self.books.0 {
            books.hold_outbox(self.buffer.capacity());
            if framed.is_ok() {
                books.frame_out(self.buffer.len().saturating_sub(start));
            }
        }
        framed.map_err(SendError::from)
    }

    /// Gives back what is written once it is the larger part, so that a peer that is always a
    /// little behind does not make the buffer grow for ever.
    fn drop_written(&mut self) {
        if self.written <= self.buffer.len() / 2 {
            return;
        }
        self.buffer.drain(..self.written);
        if let Some(ends) = &mut self.ends {
            ends.move_to_front(self.written);
        }
        self.written = 0;
    }
}

/// Packs `message` as one of the protocol `P` to the end of `bytes`, without a frame; after an error
/// they are as before.
#[cfg(feature = "std")]
pub(crate) fn pack_as<'m, P, M>(message: &M, bytes: &mut Vec<u8>) -> Result<(), PackError>
where
    P: Spoken,
    M: MessageOf<P::Sent<'m>>,
{
    As::<M, P::Sent<'m>>(message, PhantomData).pack_into(bytes)
}

/// A message as one of the protocol `P`, which may put a header before it.
struct As<'m, M, P>(&'m M, PhantomData<fn(P)>);

impl<P: Pack, M: MessageOf<P>> Pack for As<'_, M, P> {
    const NAME: &'static str = M::NAME;
    const MIN_LEN: usize = M::MIN_LEN;
    const MAX_LEN: Option<usize> = M::MAX_LEN;
    const MEMORY_PER_BYTE: usize = M::MEMORY_PER_BYTE;
    const VERSION: u32 = P::VERSION;

    #[inline(always)]
    fn put_whole<W: Sink>(&self, w: &mut W) -> Result<(), Fault> {
        self.0.put_as(w)
    }
}
