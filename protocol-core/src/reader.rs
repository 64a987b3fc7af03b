//! The bounded cursor over received bytes: the only way to bytes in the whole runtime.
//!
//! Nothing here is unsafe and nothing indexes. The cursor is a slice that gets shorter, next to what
//! belongs to the whole message: its limits and, in a second pass, the trail of an error.

mod group;

use crate::context::Context;
use crate::trail::Step;
use crate::{Fault, Order, UnpackErrorKind};

/// A cursor over the bytes of one message.
///
/// `'a` is the lifetime of the bytes, `'c` that of what belongs to the message as a whole. Only
/// code in a `with` module holds one; everybody else calls [`Unpack`](crate::Unpack).
///
/// ```
/// # use protocol_core::Reader;
/// /// A length in half bytes, for `#[wire(with = nibbles)]`.
/// mod nibbles {
///     use protocol_core::{Fault, Reader};
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
    context: Option<&'c Context<'a, 'c>>,
}

impl<'a, 'c> Reader<'a, 'c> {
    /// A cursor over `bytes`, without a memory budget: for tests of `with` modules.
    ///
    /// It belongs to no message. So [`position`](Reader::position) is always 0,
    /// [`message`](Reader::message) is what is left, and [`version`](Reader::version) the newest.
    #[must_use]
    #[inline(always)]
    pub fn new(bytes: &'a [u8]) -> Reader<'a, 'c> {
        Reader { rest: bytes, context: None }
    }

    #[inline(always)]
    pub(crate) fn within(bytes: &'a [u8], context: &'c Context<'a, 'c>) -> Reader<'a, 'c> {
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
        if count <= self.rest.len().wrapping_sub(keep) {
            if let Some((taken, rest)) = self.rest.split_at_checked(count) {
                self.rest = rest;
                return Ok(taken);
            }
        }
        Err(self.short(count.saturating_add(keep)))
    }

    /// How many bytes of the message stand before this place.
    ///
    /// A value of one length, which holds nothing on the heap, is read by a cursor that belongs to no
    /// message, where this is 0. A hand-written [`Wire`](crate::Wire) that calls this or
    /// [`message`](Reader::message) says in its `BOUNDS` that it has no such length, by
    /// [`Bounds::unbounded`](crate::Bounds::unbounded); a field with a `with` module always does.
    #[must_use]
    #[inline(always)]
    pub fn position(&self) -> usize {
        self.context.map_or(0, |context| context.offset(self.rest.as_ptr() as usize))
    }

    /// The whole message as it was received, for what points back into it; see
    /// [`position`](Reader::position) for when there is none, and this is what is left.
    #[must_use]
    #[inline(always)]
    pub fn message(&self) -> &'a [u8] {
        self.context.map_or(self.rest, Context::message)
    }

    /// The version of the layout that is read: the newest, [`u32::MAX`], but in
    /// [`unpack_version`](crate::Unpack::unpack_version).
    #[must_use]
    #[inline(always)]
    pub fn version(&self) -> u32 {
        self.context.map_or(u32::MAX, Context::version)
    }

    /// This place, to ask for the bytes since then: [`since`](Reader::since).
    #[doc(hidden)]
    #[must_use]
    #[inline(always)]
    pub fn mark(&self) -> &'a [u8] {
        self.rest
    }

    /// The bytes that were taken since `mark`; they are there also in a value of one length.
    #[doc(hidden)]
    #[must_use]
    #[inline(always)]
    pub fn since(&self, mark: &'a [u8]) -> &'a [u8] {
        mark.get(..mark.len().saturating_sub(self.rest.len())).unwrap_or(&[])
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
        self.fault(if self.is_group() {
            UnpackErrorKind::GroupTooShort { missing }
        } else {
            UnpackErrorKind::TooShort { missing }
        })
    }

    /// Whether this cursor ends before the message does.
    fn is_group(&self) -> bool {
        let end = |bytes: &[u8]| bytes.as_ptr_range().end as usize;
        self.context.is_some_and(|context| end(self.rest) != end(context.message()))
    }

    /// Whether bytes may follow the value that ends here; they are noted then.
    #[cold]
    #[inline(never)]
    pub(crate) fn may_end(&self) -> bool {
        self.context.is_some_and(|context| context.leaves(self.rest.len()))
    }

    /// Says that bytes follow the value to which all should belong.
    #[cold]
    #[inline(never)]
    pub(crate) fn trailing(&self) -> Fault {
        self.fault(UnpackErrorKind::Trailing { extra: self.rest.len() })
    }

    #[cold]
    #[inline(never)]
    pub(crate) fn fault(&self, kind: UnpackErrorKind) -> Fault {
        self.fault_at(self.rest, kind)
    }

    /// A fault at the place where `start`, an earlier rest of the same bytes, begins.
    #[cold]
    #[inline(never)]
    pub(crate) fn fault_at(&self, start: &[u8], kind: UnpackErrorKind) -> Fault {
        if let Some(context) = self.context {
            context.note(kind, start.as_ptr() as usize);
        }
        Fault::new()
    }

    /// A fault `count` bytes before this place, in what `step` leads to.
    #[cold]
    #[inline(never)]
    pub(crate) fn fault_back(&self, count: usize, kind: UnpackErrorKind, step: Step) -> Fault {
        if let Some(context) = self.context {
            context.note(kind, (self.rest.as_ptr() as usize).saturating_sub(count));
            context.step(step);
        }
        Fault::new()
    }

    /// A fault `offset` bytes after the start of the message, in what `steps` lead to, innermost first.
    #[cold]
    #[inline(never)]
    pub(crate) fn fault_from_start(
        &self,
        offset: usize,
        kind: UnpackErrorKind,
        steps: &[Step],
    ) -> Fault {
        if let Some(context) = self.context {
            context.note_at(kind, offset);
            steps.iter().for_each(|step| context.step(*step));
        }
        Fault::new()
    }

    /// A fault at the place where `start`, an earlier rest of the same bytes, begins, in what `step`
    /// leads to.
    #[cold]
    #[inline(never)]
    pub(crate) fn fault_in(&self, start: &[u8], kind: UnpackErrorKind, step: Step) -> Fault {
        if let Some(context) = self.context {
            context.note(kind, start.as_ptr() as usize);
            context.step(step);
        }
        Fault::new()
    }

    /// Says that no variant has the tag.
    #[doc(hidden)]
    #[cold]
    #[inline(never)]
    pub fn unknown_tag(&self, tag: u64) -> Fault {
        self.fault(UnpackErrorKind::UnknownTag { tag })
    }

    /// Says where the tag of an enum stood whose body was just refused: if the tag or the depth is
    /// why, that is the place of the error.
    #[cold]
    #[inline(never)]
    pub(crate) fn tag_stood_at(&self, start: &[u8]) {
        if let Some(context) = self.context {
            context.tag_stood_at(start.as_ptr() as usize);
        }
    }

    /// Takes the memory of `count` values of `size` bytes from the message's budget.
    #[cfg(feature = "alloc")]
    #[inline(always)]
    pub(crate) fn charge(&self, count: usize, size: usize) -> Result<(), Fault> {
        let Some(context) = self.context else {
            return Ok(());
        };
        let needed = (count as u64).saturating_mul(size as u64);
        if context.charge(needed) { Ok(()) } else { Err(self.above_budget(needed)) }
    }

    /// Gives back what was charged for `count` values of `size` bytes.
    #[cfg(feature = "alloc")]
    pub(crate) fn refund(&self, count: usize, size: usize) {
        if let Some(context) = self.context {
            context.refund((count as u64).saturating_mul(size as u64));
        }
    }

    #[cfg(feature = "alloc")]
    #[cold]
    #[inline(never)]
    fn above_budget(&self, needed: u64) -> Fault {
        let budget = self.context.map_or(0, |context| context.limits().memory);
        self.fault(UnpackErrorKind::Memory { needed, budget })
    }

    /// How many levels were entered.
    #[inline]
    pub(crate) fn level(&self) -> u32 {
        self.context.map_or(0, Context::depth)
    }

    /// Leaves all levels that were entered since there were `level` of them.
    #[inline]
    pub(crate) fn return_to(&self, level: u32) {
        if let Some(context) = self.context {
            context.return_to(level);
        }
    }

    /// Enters one more level where the cursor belongs to a message and can count; a cursor alone is
    /// only for tests.
    #[inline]
    pub(crate) fn nest(&self, max: u32) -> Result<(), Fault> {
        if self.context.is_some() { self.descend(max) } else { Ok(()) }
    }

    /// Enters one more level of a type that nests in itself, of which at most `max` are allowed.
    ///
    /// # Errors
    /// If that is too deep, or if this cursor belongs to no message and cannot count.
    #[doc(hidden)]
    #[inline]
    pub fn descend(&self, max: u32) -> Result<(), Fault> {
        let allowed = self.context.map_or(0, |context| context.limits().depth.min(max));
        if self.context.is_some_and(|context| context.descend(allowed)) {
            return Ok(());
        }
        Err(self.fault(UnpackErrorKind::TooDeep { max: allowed }))
    }

    /// Leaves a level.
    #[doc(hidden)]
    #[inline]
    pub fn ascend(&self) {
        if let Some(context) = self.context {
            context.ascend();
        }
    }

    /// Takes down a value for an explanation.
    #[cold]
    #[inline(never)]
    pub(crate) fn show(&self, value: &dyn core::fmt::Debug) {
        if let Some(context) = self.context {
            context.show(value, self.rest.as_ptr() as usize);
        }
    }

    /// `part`, which was taken from this cursor, as `Bytes`: sharing what was received if that
    /// is a `Bytes` too, else a copy.
    #[cfg(feature = "alloc")]
    #[inline]
    pub(crate) fn share(&self, part: &[u8]) -> Result<bytes::Bytes, Fault> {
        match self.context.and_then(|context| context.share(part)) {
            Some(shared) => Ok(shared),
            None => {
                self.charge(part.len(), 1)?;
                Ok(bytes::Bytes::copy_from_slice(part))
            }
        }
    }

    /// A cursor over `piece`, which was taken from this one.
    #[inline(always)]
    pub(crate) fn over(&self, piece: &'a [u8]) -> Reader<'a, 'c> {
        Reader { rest: piece, context: self.context }
    }

    /// Runs `read` on a copy of the cursor that can live in registers: for loops in functions of
    /// their own, where the cursor is behind a pointer.
    #[cfg(feature = "alloc")]
    #[inline(always)]
    pub(crate) fn locally<T>(&mut self, read: impl FnOnce(&mut Self) -> T) -> T {
        let mut local = Reader { rest: self.rest, context: self.context };
        let result = read(&mut local);
        self.rest = local.rest;
        result
    }

    /// Passes over all that is left.
    #[inline(always)]
    pub(crate) fn skip_rest(&mut self) {
        self.rest = self.rest.get(self.rest.len()..).unwrap_or(&[]);
    }

    /// Reads the value that `step` leads to, and takes down the way to it.
    #[doc(hidden)]
    pub fn traced<T>(
        &mut self,
        step: Step,
        get: impl FnOnce(&mut Self) -> Result<T, Fault>,
    ) -> Result<T, Fault> {
        let Some(context) = self.context else {
            return get(self);
        };
        context.open(step, self.rest.as_ptr() as usize, false);
        let value = get(self);
        context.close(step, self.rest.as_ptr() as usize, value.is_ok());
        value
    }

    /// Reads the secret value that `step` leads to: the way to it is taken down, and nothing of what
    /// is inside. No explanation and no error shows its bytes.
    #[doc(hidden)]
    pub fn traced_secret<T>(
        &mut self,
        step: Step,
        get: impl FnOnce(&mut Self) -> Result<T, Fault>,
    ) -> Result<T, Fault> {
        let Some(context) = self.context else {
            return get(self);
        };
        let start = self.rest.as_ptr() as usize;
        context.open(step, start, true);
        let value = get(self);
        let end = self.rest.as_ptr() as usize;
        context.hide(start, end, value.is_ok());
        context.close(step, end, value.is_ok());
        value
    }

    /// Says that secrets may follow: then no error shows bytes that were not read.
    #[doc(hidden)]
    #[cold]
    #[inline(never)]
    pub fn expect_secrets(&self) {
        if let Some(context) = self.context {
            context.hide_unread();
        }
    }

    /// What belongs to the message, if this cursor is of one.
    pub(crate) fn context(&self) -> Option<&'c Context<'a, 'c>> {
        self.context
    }

    #[inline(always)]
    pub(crate) fn rest(&self) -> &'a [u8] {
        self.rest
    }
}
