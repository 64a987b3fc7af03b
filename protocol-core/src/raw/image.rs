//! Lists of structs at the speed of one copy, where their numbers lie in memory as on the wire.
//!
//! Nobody is trusted for it: each element proves it by lending its numbers to a `Probe`, and for an
//! honest struct the compiler folds the whole proof away.
#![allow(unsafe_code, reason = "the one module that may; `safe` is its twin")]

use alloc::vec::Vec;
use core::slice;

use super::probe::{Image, Lend, Make, Probe, SAME};
use super::{swap_2, swap_4, swap_8, swap_16};
use crate::Fault;

/// The bytes of `items` in memory, if all of them prove how they relate to the wire.
#[inline(always)]
pub(crate) fn image<'s, T, L: Lend<T>>(items: &'s [T]) -> Option<Image<'s>> {
    /// All bytes of a list, in pieces of `N`.
    ///
    /// # Safety
    /// All bytes of the list are initialised, and nobody changes them during `'s`.
    #[inline(always)]
    unsafe fn pieces<T, const N: usize>(items: &[T]) -> &[[u8; N]] {
        // SAFETY: the pieces lie inside the list, and arrays of bytes have no alignment; the rest is
        // the caller's promise.
        unsafe { slice::from_raw_parts(items.as_ptr().cast(), size_of_val(items) / N) }
    }
    let relation = relation::<T, L>(items.first()?, None);
    for item in items {
        if self::relation::<T, L>(item, None) != relation {
            return None;
        }
    }
    // SAFETY: unless the relation is 0, references to numbers that live as long as the list tile
    // each item from its first byte to its last. So all bytes of the list are initialised, nothing in
    // it is padding, and nobody can change it meanwhile.
    unsafe {
        match relation {
            SAME => Some(Image::Same(pieces::<T, 1>(items).as_flattened())),
            2 => Some(Image::Swapped2(pieces(items))),
            4 => Some(Image::Swapped4(pieces(items))),
            8 => Some(Image::Swapped8(pieces(items))),
            16 => Some(Image::Swapped16(pieces(items))),
            _ => None,
        }
    }
}

/// How the numbers of one value relate to the wire; 0 if it is not made of numbers alone.
#[inline(always)]
fn relation<'s, T, L: Lend<T>>(item: &'s T, wire: Option<&'s [u8]>) -> usize {
    let mut probe = Probe::new(item, wire);
    L::lend(item, &mut probe);
    probe.relation(size_of::<T>())
}

/// Makes a value of each piece of `wire` that has the size of a `T`, which is not 0.
///
/// # Errors
/// What `maker` returns for the first piece that it refuses.
#[inline(always)]
pub(crate) fn from_wire<'w, T, M: Make<'w, T>>(wire: &'w [u8], maker: &M) -> Result<Vec<T>, Fault> {
    let size = size_of::<T>();
    let mut items: Vec<T> = Vec::with_capacity(wire.len() / size);
    let expected = match wire.get(..size) {
        Some(first) => relation::<T, M>(&maker.make(first)?, Some(first)),
        None => 0,
    };
    let mut chunks = wire.chunks_exact(size);
    let mut proven = 0;
    let mut odd = None;
    for chunk in chunks.by_ref() {
        let item = maker.make(chunk)?;
        if expected == 0 || relation::<T, M>(&item, Some(chunk)) != expected {
            odd = Some(item);
            break;
        }
        core::mem::forget(item);
        proven += size;
    }
    let image = wire.get(..proven).unwrap_or(&[]);
    let target = items.as_mut_ptr().cast::<u8>();
    // SAFETY: the vector has room for all pieces of `wire`, of which the image is the first. It was
    // just made, so it cannot overlap `wire`.
    unsafe {
        match expected {
            SAME => core::ptr::copy_nonoverlapping(image.as_ptr(), target, image.len()),
            width => copy_swapped(image, target, width),
        }
    }
    // SAFETY: for each of these pieces a valid `T` was made by safe code, tiled by numbers whose bytes
    // are those of the piece (each number's in the other order, if swapped, and so they were copied).
    // It was forgotten, so what lies in the vector now is that value, moved.
    unsafe { items.set_len(proven / size) }
    items.extend(odd);
    for chunk in chunks {
        items.push(maker.make(chunk)?);
    }
    Ok(items)
}

/// Copies numbers of `width` bytes, each with its bytes in the other order.
///
/// # Safety
/// `target` must be writable for the bytes of `image`, and not overlap them.
#[inline(always)]
unsafe fn copy_swapped(image: &[u8], target: *mut u8, width: usize) {
    /// The same for numbers of `N` bytes.
    ///
    /// # Safety
    /// As for `copy_swapped`.
    #[inline(always)]
    unsafe fn copy<const N: usize>(
        image: &[u8],
        target: *mut u8,
        swap: impl Fn([u8; N]) -> [u8; N],
    ) {
        for (index, chunk) in image.chunks_exact(N).enumerate() {
            let mut number = [0; N];
            number.copy_from_slice(chunk);
            // SAFETY: `index * N + N` is at most the image's length, and an array of bytes has no
            // alignment.
            unsafe { target.add(index * N).cast::<[u8; N]>().write(swap(number)) }
        }
    }
    // SAFETY: the caller's promise is handed on.
    unsafe {
        match width {
            2 => copy(image, target, swap_2),
            4 => copy(image, target, swap_4),
            8 => copy(image, target, swap_8),
            16 => copy(image, target, swap_16),
            // There is no such number, so nothing was proven and nothing is copied.
            _ => {}
        }
    }
}
