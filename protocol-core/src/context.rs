//! What belongs to the message as a whole while it is read: limits, the bytes to share, and what a
//! second pass takes down.
//!
//! Knows addresses only as numbers, to tell offsets from each other.

use core::cell::Cell;
use core::fmt::Debug;

#[cfg(feature = "alloc")]
use bytes::Bytes;

use crate::trail::{Step, Trail};
#[cfg(feature = "alloc")]
use crate::transcript::Transcript;
use crate::{Limits, UnpackErrorKind};

/// Shared by all cursors over one message.
#[derive(Debug)]
pub(crate) struct Context<'a, 'c> {
    /// The whole message as it was received; offsets are counted from its first byte.
    message: &'a [u8],
    /// What is added to offsets: not 0 only where the bytes were made of a piece of a message.
    offset: usize,
    #[cfg(feature = "alloc")]
    memory_left: Cell<u64>,
    depth: Cell<u32>,
    version: u32,
    limits: &'c Limits,
    /// Where it is noted how many bytes follow the message, if any may.
    left_over: Option<&'c Cell<usize>>,
    trail: Option<&'c Trail<UnpackErrorKind>>,
    #[cfg(feature = "alloc")]
    transcript: Option<&'c Transcript>,
    #[cfg(feature = "alloc")]
    shared: Option<&'c Bytes>,
}

impl<'a, 'c> Context<'a, 'c> {
    #[inline(always)]
    pub(crate) fn new(message: &'a [u8], limits: &'c Limits) -> Context<'a, 'c> {
        Context {
            message,
            offset: 0,
            #[cfg(feature = "alloc")]
            memory_left: Cell::new(limits.memory),
            depth: Cell::new(0),
            version: u32::MAX,
            limits,
            left_over: None,
            trail: None,
            #[cfg(feature = "alloc")]
            transcript: None,
            #[cfg(feature = "alloc")]
            shared: None,
        }
    }

    #[inline(always)]
    pub(crate) fn with_version(self, version: u32) -> Context<'a, 'c> {
        Context { version, ..self }
    }

    /// Allows bytes after the message, and notes how many.
    #[inline(always)]
    pub(crate) fn with_left_over(self, left_over: &'c Cell<usize>) -> Context<'a, 'c> {
        Context { left_over: Some(left_over), ..self }
    }

    pub(crate) fn with_trail(self, trail: &'c Trail<UnpackErrorKind>) -> Context<'a, 'c> {
        Context { trail: Some(trail), ..self }
    }

    #[cfg(feature = "alloc")]
    pub(crate) fn with_transcript(self, transcript: &'c Transcript) -> Context<'a, 'c> {
        Context { transcript: Some(transcript), ..self }
    }

    #[cfg(feature = "alloc")]
    #[inline(always)]
    pub(crate) fn with_shared(self, shared: &'c Bytes) -> Context<'a, 'c> {
        Context { shared: Some(shared), ..self }
    }

    #[inline(always)]
    pub(crate) fn message(&self) -> &'a [u8] {
        self.message
    }

    #[inline(always)]
    pub(crate) fn version(&self) -> u32 {
        self.version
    }

    /// How many bytes of the message stand before this address.
    #[inline(always)]
    pub(crate) fn offset(&self, address: usize) -> usize {
        address.saturating_sub(self.message.as_ptr() as usize).saturating_add(self.offset)
    }

    /// The context of `bytes` that were made of those at this address.
    pub(crate) fn over<'b>(&'b self, bytes: &'b [u8], address: usize) -> Context<'b, 'b> {
        Context {
            message: bytes,
            offset: self.offset(address),
            #[cfg(feature = "alloc")]
            memory_left: Cell::new(0),
            depth: Cell::new(self.depth.get()),
            version: self.version,
            limits: self.limits,
            left_over: None,
            trail: self.trail,
            #[cfg(feature = "alloc")]
            transcript: self.transcript,
            #[cfg(feature = "alloc")]
            shared: None,
        }
    }

    /// Notes that the message ends where `left` bytes are left; whether any may be.
    pub(crate) fn leaves(&self, left: usize) -> bool {
        self.left_over.map(|left_over| left_over.set(left)).is_some()
    }

    #[inline(always)]
    pub(crate) fn limits(&self) -> &'c Limits {
        self.limits
    }

    /// Takes `bytes` from the memory budget, or says that it does not hold them.
    #[cfg(feature = "alloc")]
    #[inline(always)]
    pub(crate) fn charge(&self, bytes: u64) -> bool {
        match self.memory_left.get().checked_sub(bytes) {
            Some(left) => {
                self.memory_left.set(left);
                true
            }
            None => false,
        }
    }

    /// Gives back what was taken from the budget.
    #[cfg(feature = "alloc")]
    pub(crate) fn refund(&self, bytes: u64) {
        self.memory_left.set(self.memory_left.get().saturating_add(bytes));
    }

    /// Enters one more level, or says that this is above `allowed`.
    pub(crate) fn descend(&self, allowed: u32) -> bool {
        let depth = self.depth.get();
        self.depth.set(depth.saturating_add(1));
        depth < allowed
    }

    pub(crate) fn depth(&self) -> u32 {
        self.depth.get()
    }

    pub(crate) fn return_to(&self, depth: u32) {
        self.depth.set(depth);
    }

    pub(crate) fn ascend(&self) {
        self.depth.set(self.depth.get().saturating_sub(1));
    }

    /// `part` as a piece of the bytes that are shared, if it is one.
    #[cfg(feature = "alloc")]
    pub(crate) fn share(&self, part: &[u8]) -> Option<Bytes> {
        let shared = self.shared?;
        let from = (part.as_ptr() as usize).checked_sub(shared.as_ptr() as usize)?;
        let to = from.checked_add(part.len())?;
        // The addresses say that it is; the bytes are looked at as well, since only they matter.
        (shared.get(from..to)? == part).then(|| shared.slice(from..to))
    }

    /// Takes down an error at this address.
    pub(crate) fn note(&self, kind: UnpackErrorKind, address: usize) {
        if let Some(trail) = self.trail {
            trail.note(kind, self.offset(address));
        }
    }

    /// Moves the error to this address, if it is about the tag or the level of the value that is being
    /// read and not about something inside it.
    pub(crate) fn tag_stood_at(&self, address: usize) {
        let Some(trail) = self.trail else {
            return;
        };
        let of_the_value = |kind| {
            matches!(kind, UnpackErrorKind::UnknownTag { .. } | UnpackErrorKind::TooDeep { .. })
        };
        if let Some((kind, _)) = trail.what().filter(|(kind, _)| of_the_value(*kind)) {
            if trail.is_here() {
                trail.note(kind, self.offset(address));
            }
        }
    }

    /// Takes down an error at this offset.
    pub(crate) fn note_at(&self, kind: UnpackErrorKind, offset: usize) {
        if let Some(trail) = self.trail {
            trail.note(kind, offset);
        }
    }

    pub(crate) fn step(&self, step: Step) {
        if let Some(trail) = self.trail {
            trail.step(step);
        }
    }

    /// Enters what `step` leads to, at this address; a secret is not taken down.
    pub(crate) fn open(&self, step: Step, address: usize, secret: bool) {
        #[cfg(feature = "alloc")]
        if let Some(transcript) = self.transcript {
            transcript.open(step, self.offset(address), secret);
        }
        #[cfg(not(feature = "alloc"))]
        let _ = (step, address, secret);
    }

    /// Leaves what `step` leads to; after an error it becomes part of the path.
    pub(crate) fn close(&self, step: Step, address: usize, is_ok: bool) {
        #[cfg(feature = "alloc")]
        if let Some(transcript) = self.transcript {
            transcript.close(self.offset(address), is_ok);
        }
        #[cfg(not(feature = "alloc"))]
        let _ = address;
        if !is_ok {
            self.step(step);
        }
    }

    /// Hides the secret that was read between these addresses. After an error nobody knows where it
    /// ends, so all that follows is hidden, and the numbers of the error are.
    pub(crate) fn hide(&self, from: usize, to: usize, is_ok: bool) {
        let Some(trail) = self.trail else { return };
        let offset = |address: usize| self.offset(address);
        if is_ok {
            trail.hide(offset(from)..offset(to));
        } else {
            trail.hide(offset(from)..usize::MAX);
            trail.reword(UnpackErrorKind::without_value);
        }
    }

    /// Hides what follows an error.
    pub(crate) fn hide_unread(&self) {
        if let Some(trail) = self.trail {
            trail.hide_unread();
        }
    }

    /// Takes down the value that was just read, up to this address.
    pub(crate) fn show(&self, value: &dyn Debug, address: usize) {
        #[cfg(feature = "alloc")]
        if let Some(transcript) = self.transcript {
            transcript.show(value, self.offset(address));
        }
        #[cfg(not(feature = "alloc"))]
        let _ = (value, address);
    }
}
