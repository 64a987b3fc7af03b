//! The place of an error as users read it: the path of fields, and the bytes around it.

#[cfg(feature = "alloc")]
use alloc::boxed::Box;
use core::fmt;

use crate::trail::{Secrets, Step};

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

/// The bytes around the place of an error, for a human eye. Those of secrets are left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Excerpt {
    bytes: [Option<u8>; 2 * BESIDE],
    before: usize,
    after: usize,
}

impl Excerpt {
    #[cfg(feature = "alloc")]
    pub(crate) fn of(bytes: &[u8], offset: usize) -> Excerpt {
        Excerpt::hiding(&Secrets::default(), bytes, offset)
    }

    pub(crate) fn hiding(secrets: &Secrets, bytes: &[u8], offset: usize) -> Excerpt {
        let (head, tail) = bytes.split_at_checked(offset).unwrap_or((bytes, &[]));
        let skipped = head.len().saturating_sub(BESIDE);
        let head = head.get(skipped..).unwrap_or(head);
        let tail = tail.get(..BESIDE).unwrap_or(tail);
        let mut shown = [None; 2 * BESIDE];
        let around = head.iter().chain(tail).enumerate();
        for (slot, (position, byte)) in shown.iter_mut().zip(around) {
            *slot = Some(*byte).filter(|_| !secrets.hide(skipped + position));
        }
        Excerpt { bytes: shown, before: head.len(), after: tail.len() }
    }
}

impl fmt::Display for Excerpt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (before, after) = self.bytes.split_at_checked(self.before).unwrap_or((&[], &[]));
        let after = after.get(..self.after).unwrap_or(after);
        let at = if before.is_empty() { " (at" } else { ", at" };
        for (lead, bytes) in [(" (after", before), (at, after)] {
            if !bytes.is_empty() {
                write!(f, "{lead}")?;
            }
            for run in bytes.chunk_by(|a, b| a.is_none() && b.is_none()) {
                match run {
                    [Some(byte)] => write!(f, " {byte:02x}")?,
                    // However long the secret is.
                    _ => f.write_str(" **")?,
                }
            }
        }
        if self.before + self.after > 0 { f.write_str(")") } else { Ok(()) }
    }
}
