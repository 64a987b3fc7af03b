//! What must hold of fields besides their layout: ranges, checks, constants, computed values and
//! checksums. Packing refuses what unpacking would refuse.

use core::ops::{Bound, Range, RangeBounds};

use crate::checked::Checked;
use crate::checksum::digest::{self, Digest, Parts};
use crate::fields::{GetFields, PutFields};
use crate::slice::SliceSink;
use crate::trail::Step;
use crate::{Fault, Number, Order, PackErrorKind, Sink, UnpackErrorKind};

/// A value that `range` limits.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no range",
    label = "a number, a `char` or a `Duration` belongs here",
    note = "`min` and `max` limit lengths; of other values `check` says what must hold"
)]
pub trait Ranged: PartialOrd + Sized {
    /// The number that an error shows, if it is a whole one.
    #[must_use]
    #[inline]
    fn whole(&self) -> Option<i128> {
        None
    }
}

impl<T: Number + PartialOrd> Ranged for T {
    #[inline]
    fn whole(&self) -> Option<i128> {
        self.to_i128()
    }
}

impl Ranged for f32 {}
impl Ranged for f64 {}
impl Ranged for char {}
impl Ranged for core::time::Duration {}

/// The ends of a range that numbers have, as the smallest and the largest number in it.
fn ends<T: Ranged>(range: &impl RangeBounds<T>) -> (i128, i128) {
    let number = |bound: &T, more: i128, other: i128| {
        bound.whole().map_or(other, |number| number.saturating_add(more))
    };
    let min = match range.start_bound() {
        Bound::Included(bound) => number(bound, 0, i128::MIN),
        Bound::Excluded(bound) => number(bound, 1, i128::MIN),
        Bound::Unbounded => i128::MIN,
    };
    let max = match range.end_bound() {
        Bound::Included(bound) => number(bound, 0, i128::MAX),
        Bound::Excluded(bound) => number(bound, -1, i128::MAX),
        Bound::Unbounded => i128::MAX,
    };
    (min, max)
}

impl<O: Order, W: Sink> PutFields<'_, O, W> {
    /// How many bytes were written so far.
    #[must_use]
    #[inline(always)]
    pub fn position(&self) -> usize {
        self.sink.position()
    }

    /// Makes sure that the value of the field `name` is in its range; `why` says so of what is no
    /// whole number.
    ///
    /// # Errors
    /// If it is not.
    #[inline]
    pub fn in_range<T: Ranged>(
        &self,
        name: &'static str,
        value: &T,
        range: &impl RangeBounds<T>,
        why: &'static str,
    ) -> Result<(), Fault> {
        if range.contains(value) {
            return Ok(());
        }
        let (min, max) = ends(range);
        let fault = self.sink.fault(match value.whole() {
            Some(got) => PackErrorKind::OutOfRange { got, min, max },
            None => PackErrorKind::Check { why },
        });
        Err(self.sink.at(fault, Step::Field(name)))
    }

    /// Says that the check of the field `name` does not hold.
    #[must_use]
    #[cold]
    pub fn fails(&self, name: &'static str, why: &'static str) -> Fault {
        self.sink.at(self.sink.fault(PackErrorKind::Check { why }), Step::Field(name))
    }

    /// Puts the checksum of the bytes at `range` to the place `at`, where zeros stand until now.
    ///
    /// # Errors
    /// What `put` returns.
    #[inline]
    pub fn put_checksum<D: Digest>(
        &mut self,
        name: &'static str,
        at: usize,
        range: Range<usize>,
        digest: D,
        put: impl FnOnce(&D::Value, &mut SliceSink<'_>) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        /// The longest checksum that can be put into its place afterwards.
        const LEN_MAX: usize = 32;
        let Some(bytes) = packed(self.sink, &range) else {
            return Ok(());
        };
        let sum = digest::of(digest, bytes);
        let mut buffer = [0; LEN_MAX];
        let mut slice = SliceSink::new(&mut buffer);
        put(&sum, &mut slice).map_err(|fault| self.sink.at(fault, Step::Field(name)))?;
        let len = slice.position();
        for (offset, byte) in buffer.iter().take(len).enumerate() {
            self.sink.patch(at.saturating_add(offset), [*byte]);
        }
        Ok(())
    }
}

/// The bytes at these positions; none where bytes are only counted.
fn packed<'w, W: Sink>(w: &'w W, range: &Range<usize>) -> Option<&'w [u8]> {
    w.since(range.start)?.get(..range.end.saturating_sub(range.start))
}

/// The checksum of the bytes at `range`, which were written before.
#[inline]
pub fn sum_of_packed<D: Digest, W: Sink>(w: &W, range: Range<usize>, digest: D) -> D::Value {
    digest::of(digest, packed(w, &range).unwrap_or(&[]))
}

impl<'a, O: Order> GetFields<'_, 'a, '_, O> {
    /// What is left to read: it remembers a place.
    #[must_use]
    #[inline(always)]
    pub fn mark(&self) -> &'a [u8] {
        self.reader.rest()
    }

    /// A fault of the field `name`, which begins at `mark`.
    #[cold]
    #[inline(never)]
    fn fault(&self, name: &'static str, mark: &[u8], kind: UnpackErrorKind) -> Fault {
        self.reader.fault_in(mark, kind, Step::Field(name))
    }

    /// Makes sure that the value of the field `name` is in its range; `why` says so of what is no
    /// whole number.
    ///
    /// # Errors
    /// If it is not.
    #[inline]
    pub fn in_range<T: Ranged>(
        &self,
        name: &'static str,
        mark: &[u8],
        value: &T,
        range: &impl RangeBounds<T>,
        why: &'static str,
    ) -> Result<(), Fault> {
        if range.contains(value) {
            return Ok(());
        }
        let (min, max) = ends(range);
        let kind = match value.whole() {
            Some(got) => UnpackErrorKind::OutOfRange { got, min, max },
            None => UnpackErrorKind::Check { why },
        };
        Err(self.fault(name, mark, kind))
    }

    /// The same for a secret, whose number no error shows.
    ///
    /// # Errors
    /// If it is not.
    #[inline]
    pub fn in_secret_range<T: Ranged>(
        &self,
        name: &'static str,
        mark: &[u8],
        value: &T,
        range: &impl RangeBounds<T>,
    ) -> Result<(), Fault> {
        if range.contains(value) {
            return Ok(());
        }
        Err(self.fault(name, mark, UnpackErrorKind::Check { why: "the secret has a wrong value" }))
    }

    /// Says that the check of the field `name` does not hold.
    #[must_use]
    #[cold]
    pub fn fails(&self, name: &'static str, mark: &[u8], why: &'static str) -> Fault {
        self.fault(name, mark, UnpackErrorKind::Check { why })
    }

    /// Makes sure that reserved bytes hold nothing.
    ///
    /// # Errors
    /// If they do.
    #[inline]
    pub fn blank<T: Default + PartialEq>(
        &self,
        name: &'static str,
        mark: &[u8],
        value: &T,
    ) -> Result<(), Fault> {
        if *value == T::default() {
            return Ok(());
        }
        Err(self.fault(name, mark, UnpackErrorKind::Reserved))
    }

    /// Makes sure that the number of the field `name` is what it must be.
    ///
    /// # Errors
    /// If it is another number, or the arithmetic has no result.
    #[inline]
    pub fn expect_number(
        &self,
        name: &'static str,
        mark: &[u8],
        got: Checked,
        expected: Checked,
    ) -> Result<(), Fault> {
        match (got.result(), expected.result()) {
            (Some(got), Some(expected)) if got == expected => Ok(()),
            (Some(got), Some(expected)) => {
                Err(self.fault(name, mark, UnpackErrorKind::Unequal { got, expected }))
            }
            _ => Err(self.fault(name, mark, UnpackErrorKind::NoResult)),
        }
    }

    /// Makes sure that the field `name` has the value that it must have.
    ///
    /// # Errors
    /// If it has another.
    #[inline]
    pub fn expect<T: PartialEq>(
        &self,
        name: &'static str,
        mark: &[u8],
        got: &T,
        expected: &T,
    ) -> Result<(), Fault> {
        if got == expected {
            return Ok(());
        }
        Err(self.fault(name, mark, UnpackErrorKind::NotTheConstant))
    }

    /// Makes sure that the field `name` is the checksum of a range beside it. The marks are those of
    /// the range, then of the field: where each begins and ends.
    ///
    /// # Errors
    /// If it is not.
    #[inline]
    pub fn sum_of<D: Digest<Value: Number + PartialEq>>(
        &self,
        name: &'static str,
        marks: [&'a [u8]; 4],
        got: &D::Value,
        digest: D,
    ) -> Result<(), Fault> {
        let [from, to, own, _] = marks;
        self.same_sum(name, own, got, &digest::of(digest, between(from, to)))
    }

    /// The same for a field inside the range, where its own bytes count as zeros.
    ///
    /// # Errors
    /// If it is another.
    #[inline]
    pub fn sum_around<D: Parts<Value: Number + PartialEq>>(
        &self,
        name: &'static str,
        marks: [&'a [u8]; 4],
        got: &D::Value,
        digest: D,
    ) -> Result<(), Fault> {
        const ZEROS: &[u8] = &[0; 32];
        let [from, to, own, own_end] = marks;
        let len = between(own, own_end).len();
        let zeros = ZEROS.get(..len).unwrap_or(ZEROS);
        let parts = [between(from, own), zeros, between(own_end, to)];
        self.same_sum(name, own, got, &digest::without_own(digest, parts))
    }

    fn same_sum<T: Number + PartialEq>(
        &self,
        name: &'static str,
        mark: &[u8],
        got: &T,
        expected: &T,
    ) -> Result<(), Fault> {
        if got == expected {
            return Ok(());
        }
        let (got, expected) = (got.to_i128().unwrap_or(0), expected.to_i128().unwrap_or(0));
        Err(self.fault(name, mark, UnpackErrorKind::Checksum { got, expected }))
    }
}

/// The bytes between two marks.
fn between<'a>(from: &'a [u8], to: &[u8]) -> &'a [u8] {
    from.get(..from.len().saturating_sub(to.len())).unwrap_or(&[])
}
