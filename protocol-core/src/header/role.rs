//! What the derives compute of the fields with a role: numbers of any type, and the length of a body.

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

/// The value of a field that holds `got`.
///
/// # Errors
/// If the type of the field has no such value.
#[inline]
pub fn fit<N>(got: i128, from: fn(i128) -> Option<N>) -> Result<N, PackErrorKind> {
    from(got).ok_or(PackErrorKind::DoesNotFit { got })
}

/// The length of the body by a field that counts `more` bytes beside it.
///
/// # Errors
/// If the field holds less than these, or more than there can be.
#[inline]
pub fn body_len(number: Option<i128>, more: i128) -> Result<Option<usize>, UnpackErrorKind> {
    let len = number.and_then(|number| number.checked_sub(more));
    match len.map(usize::try_from) {
        Some(Ok(len)) => Ok(Some(len)),
        Some(Err(_)) if len < Some(0) => Err(UnpackErrorKind::BelowLimit {
            got: number.map_or(0, unsigned),
            min: unsigned(more),
        }),
        Some(Err(_)) | None => Err(UnpackErrorKind::AboveLimit {
            got: number.map_or(u64::MAX, unsigned),
            max: usize::MAX as u64,
        }),
    }
}

/// What a field that counts `more` bytes beside the body holds.
#[inline]
#[must_use]
pub fn len(body_len: usize, more: i128) -> i128 {
    (body_len as i128).saturating_add(more)
}

/// The bytes of the header, for a field that counts them.
#[inline]
#[must_use]
pub fn frame(header_len: usize, more: i128) -> i128 {
    len(header_len, more)
}

/// What of a number can be shown as a length.
fn unsigned(number: i128) -> u64 {
    u64::try_from(number.max(0)).unwrap_or(u64::MAX)
}
