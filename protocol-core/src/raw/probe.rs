//! Finds out whether a value lies in memory just as it stands on the wire.
//!
//! Safe code; what `image` concludes from it is not. A value is asked for a reference to each of its
//! numbers, in the order of the wire. If these references tile the value from its first byte to its
//! last, every byte of it is part of a number: there is no padding, and nothing but numbers.

use core::marker::PhantomData;

#[cfg(feature = "alloc")]
use crate::Fault;
use crate::Order;

/// A number of which any bytes are a value. Sealed: the conclusion rests on it.
pub trait Lane: Copy + sealed::Sealed {
    /// Whether its bytes in the order `O` are those of `wire`.
    #[doc(hidden)]
    fn is_on_wire<O: Order>(self, wire: &[u8]) -> bool;
}

macro_rules! plain {
    ($($type:ty),*) => {$(
        impl Lane for $type {
            #[inline(always)]
            fn is_on_wire<O: Order>(self, wire: &[u8]) -> bool {
                wire == if O::BIG { self.to_be_bytes() } else { self.to_le_bytes() }
            }
        }

        impl sealed::Sealed for $type {}
    )*};
}

plain!(u8, u16, u32, u64, u128, i8, i16, i32, i64, i128, f32, f64);

mod sealed {
    pub trait Sealed {}
}

/// Lends the numbers of a `T`. A trait and no closure, since only a function can be made inline.
#[cfg(feature = "alloc")]
pub(crate) trait Lend<T> {
    /// Lends each number of `item` in the order of the wire.
    #[cfg_attr(
        all(feature = "safe", not(test)),
        expect(dead_code, reason = "the safe twin asks for none")
    )]
    fn lend<'s>(item: &'s T, probe: &mut Probe<'s>);
}

/// Makes a `T` of a piece of received bytes.
#[cfg(feature = "alloc")]
pub(crate) trait Make<'w, T>: Lend<T> {
    /// Makes a value of `piece`.
    fn make(&self, piece: &'w [u8]) -> Result<T, Fault>;
}

/// A list of values in memory: bytes that stand on the wire as they are, or numbers of so many
/// bytes each, whose bytes stand there in the other order.
#[cfg(feature = "alloc")]
#[cfg_attr(
    all(feature = "safe", not(test)),
    expect(dead_code, reason = "the safe twin makes none")
)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Image<'s> {
    Same(&'s [u8]),
    Swapped2(&'s [[u8; 2]]),
    Swapped4(&'s [[u8; 4]]),
    Swapped8(&'s [[u8; 8]]),
    Swapped16(&'s [[u8; 16]]),
}

/// How the numbers of a value relate to its bytes on the wire, as a set of bits, so that the
/// compiler can follow it: `SAME` and the widths of numbers whose bytes stand in the other order.
pub(super) const SAME: usize = 1;

/// Collects the numbers of one value that lives for `'s`.
///
/// That lifetime is that of the value, so nobody can lend a number that lies elsewhere in its place
/// for a moment.
#[derive(Debug)]
pub struct Probe<'s> {
    /// The address of the value.
    base: usize,
    /// How many of its bytes are tiled.
    tiled: usize,
    /// The bytes that the value was read from, if it was.
    wire: Option<&'s [u8]>,
    /// Whether all is well so far.
    is_good: bool,
    /// `SAME`, or 2, 4, 8 and 16 for swapped numbers of that width.
    relations: usize,
    value: PhantomData<&'s ()>,
}

impl<'s> Probe<'s> {
    #[cfg(all(feature = "alloc", any(test, not(feature = "safe"))))]
    #[inline(always)]
    pub(super) fn new<T>(value: &'s T, wire: Option<&'s [u8]>) -> Probe<'s> {
        let base = core::ptr::from_ref(value) as usize;
        Probe { base, tiled: 0, wire, is_good: true, relations: 0, value: PhantomData }
    }

    /// Lends the next number of the value, which stands on the wire in the order `O`.
    #[inline(always)]
    pub fn lane<N: Lane, O: Order>(&mut self, number: &'s N) {
        let size = size_of::<N>();
        let end = self.tiled.wrapping_add(size);
        let is_next = core::ptr::from_ref(number) as usize == self.base.wrapping_add(self.tiled);
        let is_equal = self.wire.is_none_or(|wire| {
            wire.get(self.tiled..end).is_some_and(|bytes| number.is_on_wire::<O>(bytes))
        });
        let is_native = O::BIG == cfg!(target_endian = "big");
        self.is_good &= is_next & is_equal;
        self.relations |= if is_native { SAME } else { size };
        self.tiled = end;
    }

    /// Says that the value is not made of numbers alone.
    #[inline(always)]
    pub fn refuse(&mut self) {
        self.is_good = false;
    }

    /// `SAME` or the width of swapped numbers, if numbers tile the value of `size` bytes and all of
    /// them relate in one way; else 0.
    #[cfg(all(feature = "alloc", any(test, not(feature = "safe"))))]
    #[inline(always)]
    pub(super) fn relation(&self, size: usize) -> usize {
        if self.is_good & (self.tiled == size) & self.relations.is_power_of_two() {
            self.relations
        } else {
            0
        }
    }
}
