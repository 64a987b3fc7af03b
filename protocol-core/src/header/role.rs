//! The numbers of a field with a role: what the derives compute of them.

use crate::{Number, PackErrorKind, UnpackErrorKind};

/// The number of a message.
#[inline]
pub fn id<N: Number>(field: &N) -> u64 {
    field.to_i128().and_then(|id| u64::try_from(id).ok()).unwrap_or(u64::MAX)
}

/// Takes down the number of a message.
///
/// # Errors
/// If it does not fit the field.
#[inline]
pub fn set<N: Number>(field: &mut N, number: u64) -> Result<(), PackErrorKind> {
    set_number(field, i128::from(number))
}

/// The length of a body of which the field counts `extra` more bytes.
///
/// # Errors
/// If the field holds less than these, or more than there can be.
#[inline]
pub fn body_len<N: Number>(field: &N, extra: i128) -> Result<Option<usize>, UnpackErrorKind> {
    let most = || UnpackErrorKind::AboveLimit { got: u64::MAX, max: usize::MAX as u64 };
    let held = field.to_i128().ok_or_else(most)?;
    let len = held.checked_sub(extra).ok_or_else(most)?;
    if len < 0 {
        return Err(UnpackErrorKind::BelowLimit { got: unsigned(held), min: unsigned(extra) });
    }
    usize::try_from(len).map(Some).map_err(|_| most())
}

/// Takes down the length of a body of which the field counts `extra` more bytes.
///
/// # Errors
/// If it does not fit the field.
#[inline]
pub fn set_body_len<N: Number>(
    field: &mut N,
    body_len: usize,
    extra: i128,
) -> Result<(), PackErrorKind> {
    set_number(field, (body_len as i128).saturating_add(extra))
}

fn set_number<N: Number>(field: &mut N, number: i128) -> Result<(), PackErrorKind> {
    *field = N::from_i128(number).ok_or(PackErrorKind::NoFit { number })?;
    Ok(())
}

/// What of a number can be shown as a length.
fn unsigned(number: i128) -> u64 {
    u64::try_from(number.max(0)).unwrap_or(u64::MAX)
}
