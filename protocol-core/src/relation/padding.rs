//! Zero bytes between fields: written as zeros, and nothing else on reading.

use crate::{Fault, Reader, Sink};

/// Reads `count` zeros.
///
/// # Errors
/// If fewer bytes are left, or one of them is not zero.
#[inline]
pub fn get_zeros(r: &mut Reader<'_, '_>, count: usize) -> Result<(), Fault> {
    r.zeros(count)
}

/// How many bytes are missing to a multiple of `to`.
const fn gap(len: usize, to: usize) -> usize {
    match len.checked_rem(to) {
        None | Some(0) => 0,
        Some(over) => to - over,
    }
}

/// Reads zeros up to a multiple of `to` bytes, counted from the place where `from` begins.
///
/// # Errors
/// As for [`get_zeros`].
#[inline]
pub fn get_align(r: &mut Reader<'_, '_>, to: usize, from: &[u8]) -> Result<(), Fault> {
    get_zeros(r, gap(from.len().saturating_sub(r.left()), to))
}

/// Writes zeros up to a multiple of `to` bytes, counted from the position `from`.
///
/// # Errors
/// If the sink is full.
#[inline]
pub fn put_align<W: Sink>(w: &mut W, to: usize, from: usize) -> Result<(), Fault> {
    w.zeros(gap(w.position().saturating_sub(from), to))
}
