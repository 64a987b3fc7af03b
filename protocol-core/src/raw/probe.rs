//! Finds out whether a value lies in memory just as it stands on the wire.
//!
//! Safe code; what `image` concludes from it is not. A value is asked for a reference to each of its
//! numbers, in the order of the wire. If these references tile the value from its first byte to its
//! last, every byte of it is part of a number: there is no padding, and nothing but numbers.

use core::marker::PhantomData;

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

/// How the numbers of a value relate to its bytes on the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Relation {
    /// Byte for byte the same.
    Same,
    /// The bytes of each number of this width are in the other order.
    Swapped(usize),
    /// Neither.
    Unlike,
}

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
    relation: Option<Relation>,
    value: PhantomData<&'s ()>,
}

impl<'s> Probe<'s> {
    #[cfg(all(feature = "alloc", any(test, not(feature = "safe"))))]
    #[inline(always)]
    pub(super) fn new<T>(value: &'s T, wire: Option<&'s [u8]>) -> Probe<'s> {
        let base = core::ptr::from_ref(value) as usize;
        Probe { base, tiled: 0, wire, relation: None, value: PhantomData }
    }

    /// Lends the next number of the value, which stands on the wire in the order `O`.
    #[inline(always)]
    pub fn lane<N: Lane, O: Order>(&mut self, number: &'s N) {
        let size = size_of::<N>();
        let is_next = core::ptr::from_ref(number) as usize == self.base.wrapping_add(self.tiled);
        let is_equal = self.wire.is_none_or(|wire| {
            let end = self.tiled.wrapping_add(size);
            wire.get(self.tiled..end).is_some_and(|bytes| number.is_on_wire::<O>(bytes))
        });
        let relation = match size {
            // One byte has no order: it goes with any, but not with numbers that are swapped.
            1 => Relation::Same,
            _ if O::BIG == cfg!(target_endian = "big") => Relation::Same,
            _ => Relation::Swapped(size),
        };
        let is_alike = self.relation.is_none_or(|before| before == relation);
        let is_good = is_next && is_equal && is_alike;
        self.relation = Some(if is_good { relation } else { Relation::Unlike });
        self.tiled = self.tiled.wrapping_add(size);
    }

    /// Says that the value is not made of numbers alone.
    #[inline(always)]
    pub fn refuse(&mut self) {
        self.relation = Some(Relation::Unlike);
    }

    /// What is known of a value of `size` bytes once all its numbers were lent.
    #[cfg(all(feature = "alloc", any(test, not(feature = "safe"))))]
    #[inline(always)]
    pub(super) fn relation(&self, size: usize) -> Relation {
        match self.relation {
            Some(relation) if self.tiled == size => relation,
            _ => Relation::Unlike,
        }
    }
}
