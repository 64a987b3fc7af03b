//! Lists of structs at the speed of one copy, where their numbers lie in memory as on the wire.
//!
//! Nobody is trusted for it: each element proves it by lending its numbers to a `Probe`, and for an
//! honest struct the compiler folds the whole proof away.
#![allow(unsafe_code, reason = "the one module that may; `safe` is its twin")]

use alloc::vec::Vec;
use core::slice;

use super::probe::{Image, Probe, Relation};
use crate::Fault;

/// The bytes of `items` in memory, if all of them prove how they relate to the wire.
#[inline(always)]
pub(crate) fn image<'s, T>(
    items: &'s [T],
    lanes: impl Fn(&'s T, &mut Probe<'s>),
) -> Option<Image<'s>> {
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
    let relate = |item: &'s T| {
        let mut probe = Probe::new(item, None);
        lanes(item, &mut probe);
        probe.relation(size_of::<T>())
    };
    let relation = relate(items.first()?);
    if items.iter().any(|item| relate(item) != relation) {
        return None;
    }
    // SAFETY: unless the relation is `Unlike`, references to numbers that live as long as the list
    // tile each item from its first byte to its last. So all bytes of the list are initialised, nothing
    // in it is padding, and nobody can change it meanwhile.
    unsafe {
        match relation {
            Relation::Same => Some(Image::Same(pieces::<T, 1>(items).as_flattened())),
            Relation::Swapped(2) => Some(Image::Swapped2(pieces(items))),
            Relation::Swapped(4) => Some(Image::Swapped4(pieces(items))),
            Relation::Swapped(8) => Some(Image::Swapped8(pieces(items))),
            Relation::Swapped(16) => Some(Image::Swapped16(pieces(items))),
            Relation::Swapped(_) | Relation::Unlike => None,
        }
    }
}

/// Makes a value of each piece of `wire` that has the size of a `T`, which is not 0.
///
/// # Errors
/// What `get` returns for the first piece that it refuses.
#[inline(always)]
pub(crate) fn from_wire<'w, T>(
    wire: &'w [u8],
    mut get: impl FnMut(&'w [u8]) -> Result<T, Fault>,
    lanes: impl for<'s> Fn(&'s T, &mut Probe<'s>),
) -> Result<Vec<T>, Fault> {
    let size = size_of::<T>();
    let mut items: Vec<T> = Vec::with_capacity(wire.len() / size);
    let mut chunks = wire.chunks_exact(size);
    let mut relation = None;
    let mut proven = 0;
    let mut odd = None;
    for chunk in chunks.by_ref() {
        let item = get(chunk)?;
        let found = {
            let mut probe = Probe::new(&item, Some(chunk));
            lanes(&item, &mut probe);
            probe.relation(size)
        };
        if found == Relation::Unlike || relation.is_some_and(|before| before != found) {
            odd = Some(item);
            break;
        }
        relation = Some(found);
        core::mem::forget(item);
        proven += size;
    }
    let image = wire.get(..proven).unwrap_or(&[]);
    let target = items.as_mut_ptr().cast::<u8>();
    match relation {
        // SAFETY: the vector has room for all pieces of `wire`, of which the image is the first.
        Some(Relation::Swapped(width)) => unsafe { copy_swapped(image, target, width) },
        // SAFETY: as above, and a vector that was just made cannot overlap `wire`.
        _ => unsafe { core::ptr::copy_nonoverlapping(image.as_ptr(), target, image.len()) },
    }
    // SAFETY: for each of these pieces a valid `T` was made by safe code, tiled by numbers whose bytes
    // are those of the piece (each number's in the other order, if swapped, and so they were copied).
    // It was forgotten, so what lies in the vector now is that value, moved.
    unsafe { items.set_len(proven / size) }
    items.extend(odd);
    for chunk in chunks {
        items.push(get(chunk)?);
    }
    Ok(items)
}

/// Copies numbers of `width` bytes, each with its bytes reversed.
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
    unsafe fn copy<const N: usize>(image: &[u8], target: *mut u8) {
        for (index, chunk) in image.chunks_exact(N).enumerate() {
            let mut number = [0; N];
            number.copy_from_slice(chunk);
            number.reverse();
            // SAFETY: `index * N + N` is at most the image's length, and an array of bytes has no
            // alignment.
            unsafe { target.add(index * N).cast::<[u8; N]>().write(number) }
        }
    }
    // SAFETY: the caller's promise is handed on.
    unsafe {
        match width {
            2 => copy::<2>(image, target),
            4 => copy::<4>(image, target),
            8 => copy::<8>(image, target),
            _ => copy::<16>(image, target),
        }
    }
}
