//! The fast half of `raw`. Every block has its proof above it.
#![allow(unsafe_code, reason = "the one module that may; `safe` is its twin")]

#[cfg(feature = "alloc")]
use alloc::string::String;
#[cfg(feature = "alloc")]
use alloc::vec::Vec;
use core::ptr;

#[cfg(feature = "alloc")]
use super::overwrite;
#[cfg(feature = "alloc")]
use crate::sink::{Count, State};
#[cfg(feature = "alloc")]
use crate::{Fault, Sink};

/// The most bytes that are reserved because of a hint alone: a hint may be wrong.
#[cfg(feature = "alloc")]
const HINT_MAX: usize = 4096;

/// Copies `source` to `target`, which is of the same length: without a call when it is short.
///
/// # Panics
/// If the lengths differ, which no caller lets happen.
#[inline(always)]
pub(crate) fn copy(target: &mut [u8], source: &[u8]) {
    assert!(target.len() == source.len());
    // SAFETY: both slices are `source.len()` bytes long, and `&mut` makes them disjoint.
    unsafe { copy_raw(source.as_ptr(), target.as_mut_ptr(), source.len()) }
}

/// Copies `len` bytes: up to 64 of them by loads and stores that overlap in the middle.
///
/// # Safety
/// `source` must be readable and `target` writable for `len` bytes, and they must not overlap.
#[inline(always)]
unsafe fn copy_raw(source: *const u8, target: *mut u8, len: usize) {
    /// Copies the first and the last bytes, as many as a `T` has; together these are all of them.
    ///
    /// # Safety
    /// As for `copy_raw`, and `size_of::<T>() <= len <= 2 * size_of::<T>()`.
    #[inline(always)]
    unsafe fn ends<T: Copy>(source: *const u8, target: *mut u8, len: usize) {
        let last = len - size_of::<T>();
        // SAFETY: a `T` (an integer or two of them, so any bytes are one) fits at the start and at
        // `last` of both areas, which do not overlap each other; nothing here asks for alignment.
        unsafe {
            let head = source.cast::<T>().read_unaligned();
            let tail = source.add(last).cast::<T>().read_unaligned();
            target.cast::<T>().write_unaligned(head);
            target.add(last).cast::<T>().write_unaligned(tail);
        }
    }
    // SAFETY: each arm has the lengths that `ends` asks for, or copies `len` bytes plainly.
    unsafe {
        match len {
            0 => {}
            1 => target.write(source.read()),
            2..=3 => ends::<u16>(source, target, len),
            4..=7 => ends::<u32>(source, target, len),
            8..=16 => ends::<u64>(source, target, len),
            17..=32 => ends::<[u64; 2]>(source, target, len),
            33..=64 => ends::<[u64; 4]>(source, target, len),
            _ => ptr::copy_nonoverlapping(source, target, len),
        }
    }
}

/// Writes to the end of a vector, which it grows as needed.
///
/// `at` and `left` describe the vector's spare room. They are handed to the cold `grow` by value, so
/// that they can live in registers; the vector's own length is brought up to date by `finish`.
///
/// Invariant: while the sink is attached to `vec`, `at` points to `left` writable bytes, the last of `vec`'s capacity, and the bytes of
/// the capacity before `at` are initialised.
#[cfg(feature = "alloc")]
#[derive(Debug)]
pub(crate) struct VecSink<'v> {
    at: *mut u8,
    left: usize,
    state: State,
    /// The vector's length before the first byte of this sink; not more than that of now.
    start: usize,
    /// `None` while the sink is detached, and then `left` is 0.
    vec: Option<&'v mut Vec<u8>>,
}

#[cfg(feature = "alloc")]
impl<'v> VecSink<'v> {
    #[inline(always)]
    pub(crate) fn new(vec: &'v mut Vec<u8>, version: u32) -> VecSink<'v> {
        let start = vec.len();
        let spare = vec.spare_capacity_mut();
        let (at, left) = (spare.as_mut_ptr().cast::<u8>(), spare.len());
        VecSink { at, left, state: State::of(version), start, vec: Some(vec) }
    }

    /// All initialised bytes of the vector; none while the sink is detached.
    #[inline(always)]
    fn initialised(&self) -> &[u8] {
        let Some(vec) = &self.vec else { return &[] };
        // SAFETY: by the invariant the first `capacity - left` bytes are initialised. Whoever holds
        // the slice borrows the sink, so nothing is written meanwhile.
        unsafe { core::slice::from_raw_parts(vec.as_ptr(), vec.capacity() - self.left) }
    }

    /// The same, to be changed.
    #[inline(always)]
    fn initialised_mut(&mut self) -> &mut [u8] {
        let Some(vec) = &mut self.vec else { return &mut [] };
        let len = vec.capacity() - self.left;
        // SAFETY: as for `initialised`, and the sink is borrowed exclusively. Later writes through
        // `at` are to bytes after these.
        unsafe { core::slice::from_raw_parts_mut(vec.as_mut_ptr(), len) }
    }

    /// Makes what was written part of the vector.
    #[inline(always)]
    pub(crate) fn finish(self) {
        if let Some(vec) = self.vec {
            let len = vec.capacity() - self.left;
            // SAFETY: by the invariant all bytes before `at`, which is at `capacity - left`, are
            // initialised, and `left` is never more than the capacity.
            unsafe { vec.set_len(len) }
        }
    }

    /// Grows the vector so that `more` bytes fit, and returns the new end and the new spare room.
    ///
    /// # Safety
    /// `vec` and `left` must belong to one `VecSink`.
    ///
    /// # Panics
    /// If the sink is detached, which `locally` makes impossible.
    #[cold]
    #[inline(never)]
    unsafe fn grow(vec: &mut Option<&mut Vec<u8>>, left: usize, more: usize) -> (*mut u8, usize) {
        #[expect(clippy::expect_used, reason = "nobody can reach a detached sink")]
        let vec = vec.as_mut().expect("the sink is attached");
        let len = vec.capacity() - left;
        // SAFETY: the first `capacity - left` bytes are initialised, by the sink's invariant.
        unsafe { vec.set_len(len) }
        vec.reserve(more);
        let spare = vec.spare_capacity_mut();
        (spare.as_mut_ptr().cast::<u8>(), spare.len())
    }

    #[inline(always)]
    fn room(&mut self, count: usize) {
        if self.left < count {
            // SAFETY: both come from this sink.
            (self.at, self.left) = unsafe { VecSink::grow(&mut self.vec, self.left, count) };
            // SAFETY: `reserve` leaves at least `count` bytes of spare room.
            unsafe { core::hint::assert_unchecked(self.left >= count) }
        }
    }
}

#[cfg(feature = "alloc")]
impl crate::sink::sealed::Sealed for VecSink<'_> {}

#[cfg(feature = "alloc")]
impl Sink for VecSink<'_> {
    #[inline(always)]
    fn need(&mut self, count: usize) -> Result<(), Fault> {
        self.room(count.min(HINT_MAX));
        Ok(())
    }

    #[inline(always)]
    fn put<const N: usize>(&mut self, bytes: [u8; N]) -> Result<(), Fault> {
        self.room(N);
        // SAFETY: there are at least `N` writable bytes at `at`; an array of bytes has no
        // alignment. Afterwards they are initialised, and `at` and `left` move past them.
        unsafe {
            self.at.cast::<[u8; N]>().write(bytes);
            self.at = self.at.add(N);
        }
        self.left -= N;
        Ok(())
    }

    #[inline(always)]
    fn bytes_before(&mut self, bytes: &[u8], keep: usize) -> Result<(), Fault> {
        let keep = keep.min(HINT_MAX);
        self.room(bytes.len().saturating_add(keep));
        // SAFETY: there are at least `bytes.len()` writable bytes at `at`, in a vector that is
        // borrowed exclusively, so `bytes` cannot overlap them. Then as in `put`.
        unsafe {
            copy_raw(bytes.as_ptr(), self.at, bytes.len());
            self.at = self.at.add(bytes.len());
        }
        self.left -= bytes.len();
        // SAFETY: there was room for `keep` more bytes (the sum did not saturate, since a slice has
        // at most `isize::MAX` bytes). Said once more, it spares the checks of what follows.
        unsafe { core::hint::assert_unchecked(self.left >= keep) }
        Ok(())
    }

    #[inline(always)]
    fn numbers<T: Copy, const N: usize>(
        &mut self,
        numbers: &[T],
        pack: impl Fn(T) -> [u8; N],
    ) -> Result<(), Fault> {
        let len = numbers.len().saturating_mul(N);
        self.room(len);
        // In a variable of its own, since the writes below might be to the sink as far as the
        // compiler knows, and it would read `at` again for each.
        let at = self.at;
        for (index, number) in numbers.iter().enumerate() {
            let bytes = pack(*number);
            // SAFETY: there are at least `len` writable bytes at `at`. If the product saturated,
            // `room` has not returned: no vector holds `usize::MAX` bytes. So `index * N + N` is at
            // most `len`, and an array of bytes has no alignment.
            unsafe { at.add(index * N).cast::<[u8; N]>().write(bytes) }
        }
        // SAFETY: all `len` bytes at `at` were just initialised.
        self.at = unsafe { at.add(len) };
        self.left -= len;
        Ok(())
    }

    #[inline(always)]
    fn locally<R>(&mut self, write: impl FnOnce(&mut Self) -> R) -> R {
        /// Brings the sink home, also when `write` panics and somebody catches that.
        struct Home<'s, 'v> {
            sink: &'s mut VecSink<'v>,
            local: VecSink<'v>,
        }
        impl Drop for Home<'_, '_> {
            #[inline(always)]
            fn drop(&mut self) {
                core::mem::swap(self.sink, &mut self.local);
            }
        }
        let VecSink { at, state, start, .. } = *self;
        let detached = VecSink { at, left: 0, state, start, vec: None };
        let local = core::mem::replace(self, detached);
        let mut home = Home { sink: self, local };
        write(&mut home.local)
    }

    #[inline(always)]
    fn position(&self) -> usize {
        self.initialised().len() - self.start
    }

    #[inline(always)]
    fn since(&self, start: usize) -> Option<&[u8]> {
        self.initialised().get(self.start..)?.get(start..)
    }

    #[inline(always)]
    fn patch<const N: usize>(&mut self, at: usize, bytes: [u8; N]) {
        let start = self.start;
        overwrite(self.initialised_mut().get_mut(start..), at, bytes);
    }

    #[inline(always)]
    fn meter(&self) -> Count<'_> {
        Count::new(self.position(), self.state)
    }

    #[inline(always)]
    fn version(&self) -> u32 {
        self.state.version
    }

    fn depth(&mut self) -> &mut u32 {
        &mut self.state.depth
    }
}

/// The text in `bytes`, or how many of them are valid. Pure ASCII takes the short way.
#[inline(always)]
pub(crate) fn text(bytes: &[u8]) -> Result<&str, usize> {
    if is_ascii(bytes) {
        // SAFETY: every byte is below 0x80, and such bytes are UTF-8.
        Ok(unsafe { core::str::from_utf8_unchecked(bytes) })
    } else {
        super::validate(bytes)
    }
}

/// Whether every byte is below 0x80: words at a time, the last one overlapping those before it.
#[inline(always)]
fn is_ascii(bytes: &[u8]) -> bool {
    match bytes.len() {
        0..=3 => bytes.iter().all(u8::is_ascii),
        4..=7 => ends_are_ascii::<4>(bytes),
        8..=15 => ends_are_ascii::<8>(bytes),
        16..=31 => ends_are_ascii::<16>(bytes),
        _ => {
            let mut rest = bytes;
            while let Some((chunk, after)) = rest.split_first_chunk::<32>() {
                if !chunk_is_ascii(chunk) {
                    return false;
                }
                rest = after;
            }
            bytes.last_chunk::<32>().is_some_and(chunk_is_ascii)
        }
    }
}

/// Whether the first and the last `N` bytes are below 0x80; there are at least `N`.
#[inline(always)]
fn ends_are_ascii<const N: usize>(bytes: &[u8]) -> bool {
    match (bytes.first_chunk::<N>(), bytes.last_chunk::<N>()) {
        (Some(first), Some(last)) => {
            let mut both = *first;
            both.iter_mut().zip(last).for_each(|(byte, other)| *byte |= other);
            chunk_is_ascii(&both)
        }
        _ => false,
    }
}

/// Whether all of a few bytes are below 0x80; the compiler makes a vector operation of it.
#[inline(always)]
fn chunk_is_ascii<const N: usize>(chunk: &[u8; N]) -> bool {
    chunk.iter().fold(0, |seen, byte| seen | byte) < 0x80
}

/// A copy of `text` on the heap.
#[cfg(feature = "alloc")]
#[inline(always)]
pub(crate) fn string(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    // SAFETY: the vector was just made with room for `text.len()` bytes, which the copy
    // initialises. They are UTF-8, since `text` is.
    unsafe {
        copy_raw(text.as_ptr(), bytes.as_mut_ptr(), text.len());
        bytes.set_len(text.len());
        String::from_utf8_unchecked(bytes)
    }
}
