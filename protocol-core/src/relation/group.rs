//! Groups: a length in bytes that stands before a value, or elsewhere, and a reader that never leaves
//! what it tells.

use crate::format::{Extent, get_units};
use crate::{Fault, Reader};

/// Reads what `get` reads, which is as long as the length before it says.
///
/// # Errors
/// If fewer bytes are there, what `get` returns, or if it leaves bytes over.
#[inline]
pub fn get_group<'a, 'c, E: Extent, T>(
    r: &mut Reader<'a, 'c>,
    keep: usize,
    get: impl FnOnce(&mut Reader<'a, 'c>, usize) -> Result<T, Fault>,
) -> Result<T, Fault> {
    let units = get_units::<E>(r, keep)?;
    r.group(units, |r| get(r, 0))
}

/// Reads what `get` reads, which is as long as earlier fields tell.
///
/// # Errors
/// As for [`get_group`].
#[inline]
pub fn get_told_group<'a, 'c, T>(
    r: &mut Reader<'a, 'c>,
    units: u64,
    get: impl FnOnce(&mut Reader<'a, 'c>, usize) -> Result<T, Fault>,
) -> Result<T, Fault> {
    // What does not fit the address space cannot have been received either.
    let units = usize::try_from(units).unwrap_or(usize::MAX);
    r.group(units, |r| get(r, 0))
}
