//! What must hold of fields besides their layout: ranges, checks, constants, computed values and
//! checksums. Packing refuses what unpacking would refuse.

use core::ops::{
    Bound, Range, RangeBounds, RangeFrom, RangeFull, RangeInclusive, RangeTo, RangeToInclusive,
};

use crate::checked::Checked;
use crate::checksum::digest::{Digest, Parts};
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

#[diagnostic::do_not_recommend]
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

/// What `range` can say of values of the type `T`: a range of Rust.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no range of `{T}`",
    label = "write `1..=9`, with values of the type `{T}`",
    note = "numbers, `char` and `Duration` have ranges; `min` and `max` limit lengths, and of other values \
            `check` says what must hold"
)]
pub trait RangeOf<T> {
    /// How the value is outside, if it is.
    fn outside(&self, value: &T) -> Option<Outside>;
}

macro_rules! range_of {
    ($($range:ty),*) => {$(
        impl<T: Ranged> RangeOf<T> for $range {
            #[inline(always)]
            fn outside(&self, value: &T) -> Option<Outside> {
                if self.contains(value) { None } else { Some(told(value, self)) }
            }
        }
    )*};
}

range_of!(
    Range<T>,
    RangeInclusive<T>,
    RangeFrom<T>,
    RangeTo<T>,
    RangeToInclusive<T>,
    RangeFull,
    (Bound<T>, Bound<T>)
);

/// A value that is not in its range: the number that it is, if it is a whole one, and the smallest and the
/// largest number in the range.
#[derive(Debug, Clone, Copy)]
pub struct Outside {
    got: Option<i128>,
    min: i128,
    max: i128,
}

/// How the value is outside its range, if it is. Packing and unpacking ask alike, so that what the compiler
/// says of a wrong range it says once.
#[must_use]
#[inline(always)]
pub fn outside<T, R: RangeOf<T>>(value: &T, range: &R) -> Option<Outside> {
    range.outside(value)
}

#[cold]
fn told<T: Ranged>(value: &T, range: &impl RangeBounds<T>) -> Outside {
    let (min, max) = ends(range);
    Outside { got: value.whole(), min, max }
}

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

    /// Says that the value of the field `name` is outside its range; `why` says so of what is no whole
    /// number.
    #[must_use]
    #[cold]
    pub fn not_in_range(&self, name: &'static str, outside: Outside, why: &'static str) -> Fault {
        let Outside { got, min, max } = outside;
        let fault = self.sink.fault(match got {
            Some(got) => PackErrorKind::OutOfRange { got, min, max },
            None => PackErrorKind::Check { why },
        });
        self.sink.at(fault, Step::Field(name))
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
    pub fn put_checksum<T, D>(
        &mut self,
        name: &'static str,
        at: usize,
        range: Range<usize>,
        sum: Sum<T, D>,
        put: impl FnOnce(&T, &mut SliceSink<'_>) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        /// The longest checksum that can be put into its place afterwards.
        const LEN_MAX: usize = 32;
        let Some(bytes) = packed(self.sink, &range) else {
            return Ok(());
        };
        let sum = (sum.of)(&sum.digest, bytes);
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

/// The checksum of a field of the type `T`, which asks nothing more of its types.
///
/// Packing and unpacking make it alike, so that what the compiler says of a wrong one it says once.
#[derive(Debug, Clone, Copy)]
pub struct Sum<T, D> {
    digest: D,
    of: fn(&D, &[u8]) -> T,
    difference: fn(&T, &T) -> Option<(i128, i128)>,
}

/// The same for a field that stands inside the range.
#[derive(Debug, Clone, Copy)]
pub struct SumInside<T, D> {
    sum: Sum<T, D>,
    of_parts: fn(&D, [&[u8]; 3]) -> T,
}

/// The checksum of a range beside its field.
#[inline(always)]
pub fn sum_beside<T, D: Digest<T>>(digest: D) -> Sum<T, D> {
    Sum { digest, of: D::of, difference: D::difference }
}

/// The checksum of a range with its field inside.
#[inline(always)]
pub fn sum_inside<T, D: Parts<T>>(digest: D) -> SumInside<T, D> {
    SumInside { sum: sum_beside(digest), of_parts: D::of_parts }
}

impl<T, D> SumInside<T, D> {
    /// The checksum where zeros stand in the place of the field.
    #[must_use]
    #[inline(always)]
    pub fn over_zeros(self) -> Sum<T, D> {
        self.sum
    }
}

/// The bytes at these positions; none where bytes are only counted.
fn packed<'w, W: Sink>(w: &'w W, range: &Range<usize>) -> Option<&'w [u8]> {
    w.since(range.start)?.get(..range.end.saturating_sub(range.start))
}

/// The checksum of the bytes at `range`, which were written before.
#[inline]
pub fn sum_of_packed<T, D, W: Sink>(w: &W, range: Range<usize>, sum: Sum<T, D>) -> T {
    (sum.of)(&sum.digest, packed(w, &range).unwrap_or(&[]))
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

    /// Says that the value of the field `name` is outside its range; `why` says so of what is no whole
    /// number.
    #[must_use]
    #[cold]
    pub fn not_in_range(
        &self,
        name: &'static str,
        mark: &[u8],
        outside: Outside,
        why: &'static str,
    ) -> Fault {
        let Outside { got, min, max } = outside;
        let kind = match got {
            Some(got) => UnpackErrorKind::OutOfRange { got, min, max },
            None => UnpackErrorKind::Check { why },
        };
        self.fault(name, mark, kind)
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
    pub fn blank(&self, name: &'static str, mark: &[u8], is_blank: bool) -> Result<(), Fault> {
        if is_blank { Ok(()) } else { Err(self.fault(name, mark, UnpackErrorKind::Reserved)) }
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
    pub fn sum_of<T, D>(
        &self,
        name: &'static str,
        marks: [&'a [u8]; 4],
        got: &T,
        sum: Sum<T, D>,
    ) -> Result<(), Fault> {
        let [from, to, own, _] = marks;
        let expected = (sum.of)(&sum.digest, between(from, to));
        self.no_difference(name, own, (sum.difference)(got, &expected))
    }

    /// The same for a field inside the range, where its own bytes count as zeros.
    ///
    /// # Errors
    /// If it is another.
    #[inline]
    pub fn sum_around<T, D>(
        &self,
        name: &'static str,
        marks: [&'a [u8]; 4],
        got: &T,
        sum: SumInside<T, D>,
    ) -> Result<(), Fault> {
        const ZEROS: &[u8] = &[0; 32];
        let [from, to, own, own_end] = marks;
        let len = between(own, own_end).len();
        let zeros = ZEROS.get(..len).unwrap_or(ZEROS);
        let parts = [between(from, own), zeros, between(own_end, to)];
        let SumInside { sum, of_parts } = sum;
        let expected = of_parts(&sum.digest, parts);
        self.no_difference(name, own, (sum.difference)(got, &expected))
    }

    fn no_difference(
        &self,
        name: &'static str,
        mark: &[u8],
        difference: Option<(i128, i128)>,
    ) -> Result<(), Fault> {
        match difference {
            None => Ok(()),
            Some((got, expected)) => {
                Err(self.fault(name, mark, UnpackErrorKind::Checksum { got, expected }))
            }
        }
    }
}

/// The bytes between two marks.
fn between<'a>(from: &'a [u8], to: &[u8]) -> &'a [u8] {
    from.get(..from.len().saturating_sub(to.len())).unwrap_or(&[])
}
