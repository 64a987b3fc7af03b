//! Cursors over a part of the message, which never leave it.

use super::Reader;
use crate::{Fault, UnpackErrorKind};

impl<'a, 'c> Reader<'a, 'c> {
    /// Takes the next `count` bytes as a cursor of their own, which never leaves them.
    #[doc(hidden)]
    #[inline(always)]
    pub fn sub(&mut self, count: usize) -> Result<Reader<'a, 'c>, Fault> {
        let piece = self.bytes(count)?;
        Ok(Reader { rest: piece, context: self.context })
    }

    /// Makes sure that no byte of a cursor made by [`sub`](Reader::sub) is left.
    #[doc(hidden)]
    #[inline(always)]
    pub fn done(&self) -> Result<(), Fault> {
        if self.rest.is_empty() { Ok(()) } else { Err(self.left_over()) }
    }

    #[cold]
    #[inline(never)]
    fn left_over(&self) -> Fault {
        self.fault(UnpackErrorKind::GroupTooLong { extra: self.rest.len() })
    }

    /// Takes `count` zeros.
    pub(crate) fn zeros(&mut self, count: usize) -> Result<(), Fault> {
        let bytes = self.bytes(count)?;
        match bytes.iter().position(|byte| *byte != 0) {
            None => Ok(()),
            Some(position) => {
                let from = bytes.get(position..).unwrap_or(bytes);
                let got = from.first().copied().unwrap_or(0);
                Err(self.fault_at(from, UnpackErrorKind::NotZero { got }))
            }
        }
    }

    /// Reads a value that takes exactly the next `len` bytes.
    #[doc(hidden)]
    #[inline(always)]
    pub fn group<T>(
        &mut self,
        len: usize,
        get: impl FnOnce(&mut Reader<'a, 'c>) -> Result<T, Fault>,
    ) -> Result<T, Fault> {
        let mut inside = self.sub(len)?;
        let value = get(&mut inside)?;
        inside.done()?;
        Ok(value)
    }
}
