//! What belongs to the message as a whole while it is read: limits, and the trail of an error.

use core::cell::Cell;

use crate::trail::{Step, Trail};
use crate::{Limits, UnpackErrorKind};

/// Shared by all cursors over one message.
#[derive(Debug)]
pub struct Context<'c> {
    /// The address of the first byte, from which offsets are counted. Only ever compared.
    start: usize,
    memory_left: Cell<u64>,
    depth: Cell<u32>,
    limits: Limits,
    trail: Option<&'c Trail<UnpackErrorKind>>,
}

impl<'c> Context<'c> {
    #[inline(always)]
    pub(crate) fn new(bytes: &[u8], limits: &Limits) -> Context<'c> {
        Context {
            start: bytes.as_ptr() as usize,
            memory_left: Cell::new(limits.memory),
            depth: Cell::new(0),
            limits: *limits,
            trail: None,
        }
    }

    pub(crate) fn with_trail(self, trail: &'c Trail<UnpackErrorKind>) -> Context<'c> {
        Context { trail: Some(trail), ..self }
    }

    /// Takes `bytes` from the memory budget; `None` if it does not hold them.
    #[inline(always)]
    pub(crate) fn charge(&self, bytes: u64) -> Option<()> {
        let left = self.memory_left.get().checked_sub(bytes)?;
        self.memory_left.set(left);
        Some(())
    }

    pub(crate) fn note(&self, kind: UnpackErrorKind, rest: &[u8]) {
        if let Some(trail) = self.trail {
            trail.note(kind, (rest.as_ptr() as usize).saturating_sub(self.start));
        }
    }

    pub(crate) fn open(&self, _step: Step, _rest: &[u8]) {}

    /// Leaves the value that `step` leads to; after an error it becomes part of the path.
    pub(crate) fn close(&self, step: Step, _rest: &[u8], is_ok: bool) {
        if let (Some(trail), false) = (self.trail, is_ok) {
            trail.step(step);
        }
    }
}
