//! What the derives compute of the fields with a role: numbers of any type, and the length of a body.

use crate::checked::Checked;
use crate::{PackErrorKind, UnpackErrorKind};

/// The number of a message; the largest `u64` for a number that no message has.
#[inline]
#[must_use]
pub fn id(number: Option<i128>) -> u64 {
    correlation(number).unwrap_or(u64::MAX)
}

/// What ties a reply to its request.
#[inline]
#[must_use]
pub fn correlation(number: Option<i128>) -> Option<u64> {
    number.and_then(|number| u64::try_from(number).ok())
}

/// A number of a message, to be held by a field.
#[inline]
#[must_use]
pub fn of_id(id: u64) -> Checked {
    Checked::new(i128::from(id))
}

/// The bytes of two pieces.
#[inline]
#[must_use]
pub fn sum(first: usize, second: usize) -> Checked {
    Checked::of(&first).plus(Checked::of(&second))
}

/// The value of a field that holds this number.
///
/// # Errors
/// If the number could not be computed, or the type of the field has no such value.
#[inline]
pub fn fit<N>(number: Checked, from: fn(i128) -> Option<N>) -> Result<N, PackErrorKind> {
    let got = number.result().ok_or(PackErrorKind::NoResult)?;
    from(got).ok_or(PackErrorKind::DoesNotFit { got })
}

/// The length of the body, by a field that holds the number `held`. That tells `counted` bytes, of
/// which `before` stand before the body; without a body it would hold `least`.
///
/// # Errors
/// If no body could have given the number.
#[inline]
pub fn body_len(
    held: Checked,
    counted: Checked,
    before: usize,
    least: Checked,
) -> Result<Option<usize>, UnpackErrorKind> {
    let Some(len) = counted.minus(Checked::of(&before)).result() else {
        return Err(UnpackErrorKind::NoResult);
    };
    let shown = |number: Checked| number.result().map_or(u64::MAX, unsigned);
    usize::try_from(len).map(Some).map_err(|_| match (len < 0, least.result()) {
        (true, Some(least)) => {
            UnpackErrorKind::BelowLimit { got: shown(held), min: unsigned(least) }
        }
        // No number says that there is no body: then what is told is compared.
        (true, None) => UnpackErrorKind::BelowLimit { got: shown(counted), min: before as u64 },
        (false, _) => UnpackErrorKind::AboveLimit { got: shown(held), max: usize::MAX as u64 },
    })
}

/// What of a number can be shown as a length.
fn unsigned(number: i128) -> u64 {
    u64::try_from(number.max(0)).unwrap_or(u64::MAX)
}
