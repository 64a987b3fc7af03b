//! What belongs to the message as a whole while it is read: limits, the bytes to share, and what a
//! second pass takes down.
//!
//! Knows addresses only as numbers, to tell offsets from each other.

use core::cell::Cell;
use core::fmt::Debug;

#[cfg(feature = "alloc")]
use bytes::Bytes;

#[cfg(feature = "alloc")]
use crate::trail::Transcript;
use crate::trail::{Step, Trail};
use crate::{Limits, UnpackErrorKind};

/// Shared by all cursors over one message.
#[derive(Debug)]
pub(crate) struct Context<'c> {
    /// The address of the first byte, from which offsets are counted.
    start: usize,
    #[cfg(feature = "alloc")]
    memory_left: Cell<u64>,
    depth: Cell<u32>,
    limits: &'c Limits,
    trail: Option<&'c Trail<UnpackErrorKind>>,
    #[cfg(feature = "alloc")]
    transcript: Option<&'c Transcript>,
    #[cfg(feature = "alloc")]
    shared: Option<&'c Bytes>,
}

impl<'c> Context<'c> {
    #[inline(always)]
    pub(crate) fn new(bytes: &[u8], limits: &'c Limits) -> Context<'c> {
        Context {
            start: bytes.as_ptr() as usize,
            #[cfg(feature = "alloc")]
            memory_left: Cell::new(limits.memory),
            depth: Cell::new(0),
            limits,
            trail: None,
            #[cfg(feature = "alloc")]
            transcript: None,
            #[cfg(feature = "alloc")]
            shared: None,
        }
    }

    pub(crate) fn with_trail(self, trail: &'c Trail<UnpackErrorKind>) -> Context<'c> {
        Context { trail: Some(trail), ..self }
    }

    #[cfg(feature = "alloc")]
    pub(crate) fn with_transcript(self, transcript: &'c Transcript) -> Context<'c> {
        Context { transcript: Some(transcript), ..self }
    }

    #[cfg(feature = "alloc")]
    #[inline(always)]
    pub(crate) fn with_shared(self, shared: &'c Bytes) -> Context<'c> {
        Context { shared: Some(shared), ..self }
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
            trail.note(kind, address.saturating_sub(self.start));
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

    /// Enters what `step` leads to, at this address.
    pub(crate) fn open(&self, step: Step, address: usize) {
        #[cfg(feature = "alloc")]
        if let Some(transcript) = self.transcript {
            transcript.open(step, address.saturating_sub(self.start));
        }
        #[cfg(not(feature = "alloc"))]
        let _ = (step, address);
    }

    /// Leaves what `step` leads to; after an error it becomes part of the path.
    pub(crate) fn close(&self, step: Step, address: usize, is_ok: bool) {
        #[cfg(feature = "alloc")]
        if let Some(transcript) = self.transcript {
            transcript.close(address.saturating_sub(self.start));
        }
        #[cfg(not(feature = "alloc"))]
        let _ = address;
        if !is_ok {
            self.step(step);
        }
    }

    /// Takes down the value that was just read.
    pub(crate) fn show(&self, value: &dyn Debug) {
        #[cfg(feature = "alloc")]
        if let Some(transcript) = self.transcript {
            transcript.show(value);
        }
        #[cfg(not(feature = "alloc"))]
        let _ = value;
    }
}
