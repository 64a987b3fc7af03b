//! The place of an error as users read it: the path of fields, and the bytes around it.

#[cfg(feature = "alloc")]
use alloc::boxed::Box;
use core::fmt;

use crate::trail::Step;

/// The way from a message to one of its fields, as in `Data.items[3].name`.
///
/// Without the feature `alloc` only the innermost step is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Path {
    /// Outermost first.
    #[cfg(feature = "alloc")]
    steps: Box<[Step]>,
    #[cfg(not(feature = "alloc"))]
    innermost: Option<Step>,
}

impl Path {
    /// Takes steps that were collected from the innermost outward.
    #[cfg(feature = "alloc")]
    pub(crate) fn from_inside(steps: &[Step]) -> Path {
        Path { steps: steps.iter().rev().copied().collect() }
    }

    /// Takes steps that were collected from the innermost outward.
    #[cfg(not(feature = "alloc"))]
    pub(crate) fn from_inside(steps: &[Step]) -> Path {
        Path { innermost: steps.first().copied() }
    }

    /// Takes steps that were collected from the outermost inward.
    #[cfg(feature = "alloc")]
    pub(crate) fn from_outside(steps: &[Step]) -> Path {
        Path { steps: steps.into() }
    }

    /// The steps, outermost first.
    #[must_use]
    pub fn steps(&self) -> &[Step] {
        #[cfg(feature = "alloc")]
        return &self.steps;
        #[cfg(not(feature = "alloc"))]
        return self.innermost.as_slice();
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, step) in self.steps().iter().enumerate() {
            match step {
                Step::Field(name) if position == 0 => f.write_str(name)?,
                Step::Field(name) => write!(f, ".{name}")?,
                Step::Index(index) => write!(f, "[{index}]")?,
            }
        }
        Ok(())
    }
}

/// How many bytes before and after the place of an error are shown.
const BESIDE: usize = 8;

/// The bytes around the place of an error, for a human eye.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Excerpt {
    bytes: [u8; 2 * BESIDE],
    before: usize,
    after: usize,
}

impl Excerpt {
    pub(crate) fn of(bytes: &[u8], offset: usize) -> Excerpt {
        let (head, tail) = bytes.split_at_checked(offset).unwrap_or((bytes, &[]));
        let head = head.get(head.len().saturating_sub(BESIDE)..).unwrap_or(head);
        let tail = tail.get(..BESIDE).unwrap_or(tail);
        let mut shown = [0; 2 * BESIDE];
        for (slot, byte) in shown.iter_mut().zip(head.iter().chain(tail)) {
            *slot = *byte;
        }
        Excerpt { bytes: shown, before: head.len(), after: tail.len() }
    }
}

impl fmt::Display for Excerpt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (before, after) = self.bytes.split_at_checked(self.before).unwrap_or((&[], &[]));
        let mut open = " (after";
        for byte in before {
            write!(f, "{open} {byte:02x}")?;
            open = "";
        }
        let mut at = if before.is_empty() { " (at" } else { ", at" };
        for byte in after.get(..self.after).unwrap_or(after) {
            write!(f, "{at} {byte:02x}")?;
            at = "";
        }
        if self.before + self.after > 0 { f.write_str(")") } else { Ok(()) }
    }
}
