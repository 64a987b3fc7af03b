//! The receiving half of a connection: one contiguous buffer, and the frames in it.
//!
//! Messages are handed out in place. The buffer grows only with bytes that arrived, never with what
//! a length claims, and is given back when it is empty.

use alloc::vec::Vec;
use core::marker::PhantomData;
use core::ops::Range;

use super::{Kept, RecvError, RecvErrorKind};
use crate::conversation::{Converses, Phase, Side};
use crate::frame::{Decode, Decoded, Foreign, FrameError, FrameErrorKind, Length};
use crate::{Limits, Pack, Protocol, Unpack};

/// Received bytes, and the messages of the protocol `P` in them.
///
/// A driver alternates between three calls: [`space`](Inbox::space) and [`received`](Inbox::received)
/// around each read (or [`end`](Inbox::end)), and [`advance`](Inbox::advance) until it asks for
/// more. After each [`State::Ready`], [`message`](Inbox::message) is the message.
///
/// ```
/// # #[cfg(feature = "derive")] {
/// # use protocol_core::{Message, Protocol};
/// # #[derive(Message, Debug, PartialEq)] #[msg_type = 3] struct Data { #[wire(rest)] text: String }
/// # #[derive(Protocol, Debug, PartialEq)] enum Chat { Data(Data) }
/// use protocol_core::conn::{Inbox, State};
/// use protocol_core::frame::Length;
///
/// let mut inbox = Inbox::<Chat>::new(Length::u32());
/// for part in [&b"\x00\x00\x00"[..], b"\x03\x03hi"] {
///     inbox.space()[..part.len()].copy_from_slice(part);
///     inbox.received(part.len());
/// }
/// assert_eq!(inbox.advance(), Ok(State::Ready));
/// assert_eq!(inbox.message().unwrap(), Chat::Data(Data { text: "hi".into() }));
/// assert_eq!(inbox.advance(), Ok(State::Need { have: 0, more: 4 }));
/// # }
/// ```
#[derive(Debug)]
pub struct Inbox<P, F = Length> {
    framing: F,
    limits: Limits,
    /// The version of the layout in which messages are unpacked, if it is not the protocol's own.
    version: Option<u32>,
    /// The longest frame, besides what the framing allows.
    frame_max: usize,
    /// Always initialised to its end, so that reads go into plain slices.
    buffer: Vec<u8>,
    /// The received bytes that are not yet consumed.
    unread: Range<usize>,
    /// The message of the frame that was consumed last. It stands before `unread`.
    current: Range<usize>,
    /// Whether the next frame is the current one once more.
    is_held: bool,
    /// Whether the last read filled all the space it was given: then the next one gets more.
    was_filled: bool,
    /// Why there is no next frame. A framing that unstuffs in place could not tell it twice.
    failed: Option<FrameError>,
    has_ended: bool,
    books: Kept,
    protocol: PhantomData<fn() -> P>,
}

/// What [`Inbox::advance`] found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// A frame is complete, and [`Inbox::message`] is its message.
    Ready,
    /// No frame is complete; read more.
    Need {
        /// How many bytes of the next frame are there.
        have: usize,
        /// How many more it needs at least.
        more: usize,
    },
    /// The stream has ended.
    End {
        /// How many bytes of a next frame are there; 0 if the stream ended between frames.
        have: usize,
        /// How many more that frame would have needed at least.
        more: usize,
    },
}

/// The size of the first buffer.
const FIRST: usize = 4 * 1024;
/// Above this size only a frame that needs the room makes the buffer larger, and an empty buffer
/// gives back what it has above it.
const KEPT: usize = 64 * 1024;

impl<P, F: Decode> Inbox<P, F> {
    /// An empty inbox, which has not yet allocated.
    #[must_use]
    pub fn new(framing: F) -> Inbox<P, F> {
        Inbox {
            framing,
            limits: Limits::DEFAULT,
            version: None,
            frame_max: usize::MAX,
            buffer: Vec::new(),
            unread: 0..0,
            current: 0..0,
            is_held: false,
            was_filled: false,
            failed: None,
            has_ended: false,
            books: Kept::default(),
            protocol: PhantomData,
        }
    }

    /// Unpacks within `limits` from now on.
    pub fn set_limits(&mut self, limits: Limits) {
        self.limits = limits;
    }

    /// Unpacks messages in this version of their layout from now on; in the protocol's own
    /// ([`Pack::VERSION`](crate::Pack::VERSION)) by default.
    pub fn set_version(&mut self, version: u32) {
        self.version = Some(version);
    }

    /// Keeps these books from now on.
    #[cfg(feature = "std")]
    pub(crate) fn keep_books(&mut self, books: Kept) {
        self.books = books;
    }

    /// Takes frames of at most `max` bytes from the next one on, with all that stands around the
    /// message, however much the framing allows.
    ///
    /// ```
    /// use protocol_core::conn::Inbox;
    /// use protocol_core::frame::{FrameErrorKind, Length};
    ///
    /// let mut inbox = Inbox::<()>::new(Length::u32());
    /// inbox.set_frame_max(512);
    /// inbox.space()[..4].copy_from_slice(b"\x00\x00\x02\x00");
    /// inbox.received(4);
    /// let error = inbox.advance().unwrap_err();
    /// assert_eq!(error.kind(), FrameErrorKind::AboveLimit { claimed: 516, allowed: 512 });
    /// ```
    pub fn set_frame_max(&mut self, max: usize) {
        self.frame_max = max;
    }

    /// Makes room for the next read; whether there is any. There always is, but on a server whose
    /// connections hold all the bytes that they may. The message handed out last is gone.
    pub fn make_room(&mut self) -> bool {
        self.current = 0..0;
        self.move_to_front();
        self.resize();
        self.unread.end < self.buffer.len()
    }

    /// The room for the next read, empty only if [`make_room`](Inbox::make_room) finds none. The
    /// message handed out last is gone.
    pub fn space(&mut self) -> &mut [u8] {
        self.make_room();
        let most = self.read_max().unwrap_or(usize::MAX);
        let room = self.buffer.get_mut(self.unread.end..).unwrap_or_default();
        let most = most.min(room.len());
        room.get_mut(..most).unwrap_or_default()
    }

    /// Takes note that a read put `count` bytes to the start of the [`space`](Inbox::space).
    pub fn received(&mut self, count: usize) {
        let end = self.unread.end.saturating_add(count).min(self.buffer.len());
        self.was_filled = end == self.buffer.len();
        self.unread.end = end;
    }

    /// Takes note that the stream has ended.
    pub fn end(&mut self) {
        self.has_ended = true;
    }

    /// Whether the stream has ended.
    #[must_use]
    pub fn has_ended(&self) -> bool {
        self.has_ended
    }

    /// Goes on to the next frame.
    ///
    /// # Errors
    /// If the bytes are no frame. If the error has a [`skip`](FrameError::skip), the bad frame is
    /// consumed and the next call goes on behind it; otherwise every later call gives the same error.
    pub fn advance(&mut self) -> Result<State, FrameError> {
        if core::mem::take(&mut self.is_held) {
            return Ok(State::Ready);
        }
        loop {
            let have = self.unread.len();
            return match self.decode() {
                Ok(Decoded::Frame { consumed, message }) => {
                    self.consume(consumed, message);
                    if let Some(books) = &self.books.0 {
                        books.frame_in(self.current.len());
                    }
                    Ok(State::Ready)
                }
                Ok(Decoded::Filler { consumed }) if have > 0 => {
                    // A framing of the user's that takes nothing would be asked for ever.
                    self.consume(consumed.max(1), 0..0);
                    continue;
                }
                Ok(Decoded::Filler { .. }) => Ok(self.incomplete(have, 1)),
                Ok(Decoded::Need(more)) => Ok(self.incomplete(have, more)),
                Err(error) => {
                    match error.skip() {
                        Some(skip) => self.consume(skip, 0..0),
                        None => self.failed = Some(error.clone()),
                    }
                    Err(error)
                }
            };
        }
    }

    /// Lets the next [`advance`](Inbox::advance) go to the same frame once more.
    #[cfg(feature = "std")]
    pub(crate) fn hold(&mut self) {
        self.is_held = true;
    }

    /// The bytes of the message that [`advance`](Inbox::advance) went to.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        self.buffer.get(self.current.clone()).unwrap_or_default()
    }

    /// The most bytes that the next read may take, if the framing minds.
    #[must_use]
    pub fn read_max(&self) -> Option<usize> {
        self.framing.read_max()
    }

    /// Gives the whole buffer back, if no byte in it is unread: for a peer that may be silent for
    /// long. The message handed out last is gone.
    pub fn release(&mut self) {
        if self.unread.is_empty() {
            self.buffer = Vec::new();
            self.unread = 0..0;
            self.current = 0..0;
            if let Some(books) = &self.books.0 {
                books.hold_inbox(0);
            }
        }
    }

    /// How many bytes of memory the receive buffer holds.
    #[must_use]
    pub fn capacity(&self) -> usize {
        self.buffer.capacity()
    }

    /// The protocol that the peer seems to speak instead, by the bytes that are not yet consumed.
    pub(super) fn foreign(&self) -> Option<Foreign> {
        Foreign::recognise(self.buffer.get(self.unread.clone()).unwrap_or_default())
    }

    fn decode(&mut self) -> Result<Decoded, FrameError> {
        if let Some(error) = &self.failed {
            return Err(error.clone());
        }
        let unread = self.buffer.get_mut(self.unread.clone()).unwrap_or_default();
        let decoded = self.framing.decode(unread);
        let length = match &decoded {
            Ok(Decoded::Frame { consumed, .. }) => *consumed,
            Ok(Decoded::Need(more)) => unread.len().saturating_add(*more),
            Ok(Decoded::Filler { .. }) => 0,
            // Were less of it there, nobody would know yet that it is bad.
            Err(error) => error.skip().unwrap_or_default(),
        };
        if length > self.frame_max {
            let (claimed, allowed) = (length as u64, self.frame_max as u64);
            let kind = FrameErrorKind::AboveLimit { claimed, allowed };
            return Err(FrameError::received(kind, unread));
        }
        decoded
    }

    fn incomplete(&self, have: usize, more: usize) -> State {
        if self.has_ended { State::End { have, more } } else { State::Need { have, more } }
    }

    fn consume(&mut self, consumed: usize, message: Range<usize>) {
        let start = self.unread.start;
        self.current = start.saturating_add(message.start)..start.saturating_add(message.end);
        self.unread.start = start.saturating_add(consumed).min(self.unread.end);
    }

    /// Each byte is moved at most once: what is moved is the start of one frame, and it then stays
    /// at the front until that frame is whole.
    fn move_to_front(&mut self) {
        if self.unread.start > 0 {
            self.buffer.copy_within(self.unread.clone(), 0);
            self.unread = 0..self.unread.len();
        }
    }

    fn resize(&mut self) {
        let size = self.buffer.len();
        if self.unread.is_empty() && size > KEPT {
            self.buffer.truncate(KEPT);
            self.buffer.shrink_to(KEPT);
            if let Some(books) = &self.books.0 {
                books.hold_inbox(self.buffer.capacity());
            }
        } else if self.unread.end == size || (self.was_filled && size < KEPT) {
            self.grow(size.saturating_mul(2).max(FIRST));
        }
        self.was_filled = false;
    }

    fn grow(&mut self, size: usize) {
        if self.books.0.as_ref().is_none_or(|books| books.grow_inbox(size)) {
            self.buffer.reserve_exact(size.saturating_sub(self.buffer.len()));
            self.buffer.resize(size, 0);
        }
    }
}

impl<P: Protocol, F: Decode> Inbox<P, F> {
    /// The message that [`advance`](Inbox::advance) went to, borrowed from the buffer where its
    /// fields borrow.
    ///
    /// # Errors
    /// If the bytes of the frame are no message of the protocol. The frame is sound and consumed,
    /// so the next call of [`advance`](Inbox::advance) goes on to the next one.
    pub fn message(&self) -> Result<P::Of<'_>, RecvError> {
        let bytes = self.bytes();
        let version = self.version.unwrap_or(<P::Of<'_> as Pack>::VERSION);
        P::Of::unpack_version_within(bytes, &self.limits, version).map_err(|error| {
            RecvError::new(RecvErrorKind::Message(error), Foreign::recognise(bytes))
        })
    }
}

impl<P: Protocol + Converses, F: Decode> Inbox<P, F> {
    /// The message that [`advance`](Inbox::advance) went to, if it may come `from` that side in this
    /// phase, which then goes on. What may not come is refused by its number, before its body is read;
    /// what is no message leaves the phase as it is.
    ///
    /// # Errors
    /// If that side may not send the message now; else as for [`message`](Inbox::message).
    pub fn message_in(&self, phase: &mut Phase, from: Side) -> Result<P::Of<'_>, RecvError> {
        let next = self.phase_after(*phase, from)?;
        let message = self.message()?;
        *phase = next;
        Ok(message)
    }

    /// The phase after the message that [`advance`](Inbox::advance) went to, by its number alone.
    pub(crate) fn phase_after(&self, phase: Phase, from: Side) -> Result<Phase, RecvError> {
        phase
            .received::<P>(from, self.bytes())
            .map_err(|error| RecvError::new(RecvErrorKind::Message(error), None))
    }
}
