//! The bounded cursor over received bytes: the only way to bytes in the whole runtime.
//!
//! Nothing here is unsafe and nothing indexes. The cursor is a slice that gets shorter, next to what
//! belongs to the whole message: its limits and, in a second pass, the trail of an error.

use crate::context::Context;
use crate::trail::Step;
use crate::{Fault, Order, UnpackErrorKind, Wire};

/// A cursor over the bytes of one message.
///
/// `'a` is the lifetime of the bytes, `'c` that of what belongs to the message as a whole. Only
/// code in a `with` module holds one; everybody else calls [`Unpack`](crate::Unpack).
///
/// ```
/// # use protocol_core::{Big, Fault, Reader};
/// /// A length in half bytes, for `#[wire(with = nibbles)]`.
/// mod nibbles {
///     # use super::*;
///     pub fn unpack(r: &mut Reader<'_, '_>) -> Result<usize, Fault> {
///         let [packed] = r.take::<1>()?;
///         if packed > 0x0f {
///             return Err(r.refuse("more than a nibble"));
///         }
///         Ok(usize::from(packed) / 2)
///     }
/// }
/// # assert_eq!(nibbles::unpack(&mut Reader::new(&[6])), Ok(3));
/// # assert!(nibbles::unpack(&mut Reader::new(&[0x10])).is_err());
/// ```
#[derive(Debug)]
pub struct Reader<'a, 'c> {
    rest: &'a [u8],
    context: Option<&'c Context<'c>>,
}

impl<'a, 'c> Reader<'a, 'c> {
    /// A cursor over `bytes`, without a memory budget: for tests of `with` modules.
    #[must_use]
    #[inline(always)]
    pub fn new(bytes: &'a [u8]) -> Reader<'a, 'c> {
        Reader { rest: bytes, context: None }
    }

    #[inline(always)]
    pub(crate) fn within(bytes: &'a [u8], context: &'c Context<'c>) -> Reader<'a, 'c> {
        Reader { rest: bytes, context: Some(context) }
    }

    /// Takes the next `N` bytes.
    ///
    /// # Errors
    /// If fewer than `N` are left.
    #[inline(always)]
    pub fn take<const N: usize>(&mut self) -> Result<[u8; N], Fault> {
        self.take_before(0)
    }

    /// Takes the next `N` bytes; at least `keep` more must follow them.
    #[doc(hidden)]
    #[inline(always)]
    pub fn take_before<const N: usize>(&mut self, keep: usize) -> Result<[u8; N], Fault> {
        match self.rest.split_first_chunk::<N>() {
            Some((chunk, rest)) => {
                self.rest = rest;
                Ok(*chunk)
            }
            None => Err(self.short(N.saturating_add(keep))),
        }
    }

    /// Takes the next `count` bytes.
    ///
    /// # Errors
    /// If fewer than `count` are left.
    #[inline(always)]
    pub fn bytes(&mut self, count: usize) -> Result<&'a [u8], Fault> {
        self.bytes_before(count, 0)
    }

    /// Takes the next `count` bytes; at least `keep` more must follow them.
    #[doc(hidden)]
    #[inline(always)]
    pub fn bytes_before(&mut self, count: usize, keep: usize) -> Result<&'a [u8], Fault> {
        let keep = if cfg!(feature = "nohints") { 0 } else { keep };
        if count <= self.rest.len().saturating_sub(keep) {
            if let Some((taken, rest)) = self.rest.split_at_checked(count) {
                self.rest = rest;
                return Ok(taken);
            }
        }
        Err(self.short(count.saturating_add(keep)))
    }

    /// Reads a value in the format of its type, its numbers in the order `O`.
    ///
    /// # Errors
    /// If the bytes are no such value, or end too early.
    #[inline(always)]
    pub fn read<T: Wire<'a>, O: Order>(&mut self) -> Result<T, Fault> {
        T::get::<O>(self, 0)
    }

    /// How many bytes are left.
    #[must_use]
    #[inline(always)]
    pub fn left(&self) -> usize {
        self.rest.len()
    }

    /// Says that the bytes are refused, and why: a fact in lower case, without a full stop.
    #[must_use]
    #[cold]
    pub fn refuse(&self, why: &'static str) -> Fault {
        self.fault(UnpackErrorKind::Refused { why })
    }

    /// Fails early if a value of at least `min` bytes and `keep` more cannot be here, and returns
    /// their sum. A traced pass goes on, so that the error names the field where the bytes end.
    #[doc(hidden)]
    #[inline(always)]
    pub fn enter<O: Order>(&self, min: usize, keep: usize) -> Result<usize, Fault> {
        let needed = min.wrapping_add(keep);
        if !O::TRACED && self.rest.len() < needed {
            return Err(self.short(needed));
        }
        Ok(needed)
    }

    #[cold]
    #[inline(never)]
    pub(crate) fn short(&self, needed: usize) -> Fault {
        let missing = needed.saturating_sub(self.rest.len());
        self.fault(UnpackErrorKind::TooShort { missing })
    }

    #[cold]
    #[inline(never)]
    pub(crate) fn fault(&self, kind: UnpackErrorKind) -> Fault {
        if let Some(context) = self.context {
            context.note(kind, self.rest);
        }
        Fault::new()
    }

    /// Reads the value that `step` leads to, and takes down the way to it.
    #[doc(hidden)]
    pub fn traced<T>(
        &mut self,
        step: Step,
        get: impl FnOnce(&mut Self) -> Result<T, Fault>,
    ) -> Result<T, Fault> {
        let Some(context) = self.context else { return get(self) };
        context.open(step, self.rest);
        let value = get(self);
        context.close(step, self.rest, value.is_ok());
        value
    }

    #[inline(always)]
    pub(crate) fn rest(&self) -> &'a [u8] {
        self.rest
    }

    #[inline(always)]
    pub(crate) fn context(&self) -> Option<&'c Context<'c>> {
        self.context
    }
}
