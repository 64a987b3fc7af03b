//! What the derives call for fields of which more was said than their format: fields that follow from
//! each other, conditions, padding, conversions and groups.

mod group;
mod padding;

pub use group::{get_group, get_told_group};
pub use padding::{get_align, get_zeros, put_align};

use crate::checked::Checked;
use crate::sink::{Count, State};
use crate::trail::Step;
use crate::{Bounds, Fault, Number, PackErrorKind, Reader, Sink, UnpackErrorKind};

/// An `Option`, whose presence something else than its own flag tells.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be absent",
    label = "make it an `Option`",
    note = "`if` and `optional_tail` say when a field is there"
)]
pub trait Optional: Sized {
    /// What is there, if it is.
    type Inner;

    /// The value that is not there.
    const ABSENT: Self;

    /// The value that is there.
    fn present(inner: Self::Inner) -> Self;

    /// What is there, if it is.
    fn inner(&self) -> Option<&Self::Inner>;

    /// Whether it is there. Its type is known even if that of the field is wrong, and has no part in the error.
    fn is_present(&self) -> bool;
}

impl<T> Optional for Option<T> {
    type Inner = T;

    const ABSENT: Option<T> = None;

    #[inline(always)]
    fn present(inner: T) -> Option<T> {
        Some(inner)
    }

    #[inline(always)]
    fn inner(&self) -> Option<&T> {
        self.as_ref()
    }

    #[inline(always)]
    fn is_present(&self) -> bool {
        self.is_some()
    }
}

/// The value of a field that others determine, as its type.
///
/// # Errors
/// If the arithmetic has no result, or the type does not hold it.
#[inline]
pub fn derived<T: Number, W: Sink>(w: &W, name: &'static str, number: Checked) -> Result<T, Fault> {
    let fault = match number.result() {
        None => w.fault(PackErrorKind::NoResult),
        Some(got) => match T::from_i128(got) {
            Some(value) => return Ok(value),
            None => w.fault(PackErrorKind::DoesNotFit { got }),
        },
    };
    Err(w.at(fault, Step::Field(name)))
}

/// The number with the bit of `mask` as `is_set` says; as it is, if `mask` is not one bit: then a
/// reader could not tell which of them were set.
///
/// # Errors
/// If the type does not hold the bit.
#[inline]
pub fn with_bit<T: Number, W: Sink>(
    w: &W,
    name: &'static str,
    number: &T,
    mask: Checked,
    is_set: bool,
) -> Result<T, Fault> {
    let changed = match (number.to_i128(), mask.result()) {
        (Some(number), Some(mask)) if mask.count_ones() != 1 => Checked::new(number),
        (Some(number), Some(mask)) if is_set => Checked::new(number | mask),
        (Some(number), Some(mask)) => Checked::new(number & !mask),
        _ => Checked::NONE,
    };
    derived(w, name, changed)
}

/// The result of looking at the field `name`, with the way to it in its error.
///
/// # Errors
/// That of `result`.
#[inline]
pub fn of_field<T, W: Sink>(
    result: Result<T, Fault>,
    w: &W,
    name: &'static str,
) -> Result<T, Fault> {
    result.map_err(|fault| w.at(fault, Step::Field(name)))
}

/// The bytes that `put` writes.
///
/// # Errors
/// What `put` returns.
#[inline]
pub fn measured<W: Sink>(
    w: &W,
    put: impl FnOnce(&mut Count<'_>) -> Result<(), Fault>,
) -> Result<Checked, Fault> {
    let mut count = w.meter();
    if !count.enter_measure() {
        return Err(w.refuse("lengths that earlier fields tell nest deeper than 8"));
    }
    let before = count.position();
    put(&mut count)?;
    Ok(Checked::of(&count.position().wrapping_sub(before)))
}

/// The bytes that a value takes that was just read in this version, for a relation that is verified.
#[inline]
pub fn measured_anew(
    version: u32,
    put: impl FnOnce(&mut Count<'_>) -> Result<(), Fault>,
) -> Checked {
    let mut count = Count::new(0, State::of(version));
    match put(&mut count) {
        Ok(()) => Checked::of(&count.position()),
        Err(_) => Checked::NONE,
    }
}

/// Makes sure that the number that earlier fields tell is that of the value.
///
/// # Errors
/// If it is not.
#[inline]
pub fn agree<W: Sink>(w: &W, told: Checked, got: Checked) -> Result<(), Fault> {
    match (told.result(), got.result()) {
        (Some(told), Some(got)) if told == got => Ok(()),
        (Some(told), Some(got)) => Err(w.fault(PackErrorKind::Disagree { told, got })),
        _ => Err(w.fault(PackErrorKind::NoResult)),
    }
}

/// Makes sure that a field is there if its condition holds, and only then.
///
/// # Errors
/// If it is not.
#[inline]
pub fn agree_presence<W: Sink>(w: &W, holds: bool, is_some: bool) -> Result<(), Fault> {
    match (holds, is_some) {
        (true, false) => Err(w.fault(PackErrorKind::Missing)),
        (false, true) => Err(w.fault(PackErrorKind::Superfluous)),
        _ => Ok(()),
    }
}

/// Makes sure that no optional tail is there without the one before it.
///
/// # Errors
/// If one is.
#[inline]
pub fn agree_tail<W: Sink>(w: &W, earlier: bool, is_some: bool) -> Result<(), Fault> {
    if is_some && !earlier { Err(w.fault(PackErrorKind::Superfluous)) } else { Ok(()) }
}

/// Whether a condition over the fields of a value holds.
///
/// # Errors
/// If the arithmetic has no result.
#[inline]
pub fn is_true_in<W: Sink>(condition: Checked, w: &W) -> Result<bool, Fault> {
    condition.result().map(|number| number != 0).ok_or_else(|| w.fault(PackErrorKind::NoResult))
}

impl Reader<'_, '_> {
    /// Whether a condition over fields that were read holds.
    ///
    /// # Errors
    /// If the arithmetic has no result.
    #[doc(hidden)]
    #[inline]
    pub fn is_true(&self, condition: Checked) -> Result<bool, Fault> {
        condition
            .result()
            .map(|number| number != 0)
            .ok_or_else(|| self.fault(UnpackErrorKind::NoResult))
    }

    /// A length, count or tag that fields tell which were read.
    ///
    /// # Errors
    /// If the arithmetic has no result, or it is negative.
    #[doc(hidden)]
    #[inline]
    pub fn units(&self, told: Checked) -> Result<u64, Fault> {
        let Some(got) = told.result() else {
            return Err(self.fault(UnpackErrorKind::NoResult));
        };
        u64::try_from(got).map_err(|_| {
            let (min, max) =
                if got < 0 { (0, i128::MAX) } else { (i128::MIN, i128::from(u64::MAX)) };
            self.fault(UnpackErrorKind::OutOfRange { got, min, max })
        })
    }
}

/// The bounds of the fields of an enum whose tag stands elsewhere.
#[must_use]
pub const fn told_bounds(whole: Bounds) -> Bounds {
    Bounds::either(&[Bounds::exactly(0), whole])
}

/// The same for fields whose length stands before them in at most `prefix` bytes, or elsewhere too.
#[must_use]
pub const fn sized_body_bounds(whole: Bounds, prefix: usize) -> Bounds {
    Bounds::at_most(prefix, 0).then(told_bounds(whole).grouped(None))
}
