//! `Varint<T>`: a number in as few bytes as it needs, LEB128.
//!
//! DWARF version 5, section 7.6, for unsigned numbers; signed ones are folded to unsigned first, so
//! that small ones of either sign are short (zigzag: 0, −1, 1, −2 become 0, 1, 2, 3), as in Protocol
//! Buffers. Only the shortest form of a number is taken.

use core::fmt;
use core::num::TryFromIntError;

use crate::format::Width;
use crate::number::Number;
use crate::{Bounds, Fault, Order, Reader, Sink, UnpackErrorKind, Wire};

/// A number of one to ten bytes: seven bits a byte, the lowest first, the high bit set on all bytes
/// but the last. `T` is `u16`, `u32`, `u64`, or `i16`, `i32`, `i64`, which are folded by zigzag.
///
/// Bytes that are not the shortest form of a number, and numbers that do not fit `T`, are refused.
///
/// ```
/// # #[cfg(feature = "derive")] {
/// use protocol_core::{Pack, Unpack, Varint, Wire};
///
/// #[derive(Wire, Debug, PartialEq)]
/// struct Move { by: Varint<i32>, at: Varint<u64> }
///
/// let step = Move { by: Varint(-1), at: Varint(300) };
/// assert_eq!(step.pack().unwrap(), [0x01, 0xac, 0x02]);
/// assert_eq!(Move::unpack(&[0x01, 0xac, 0x02]).unwrap(), step);
/// # }
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Varint<T = u64>(
    /// The number.
    pub T,
);

/// A number that [`Varint`] can hold.
#[diagnostic::on_unimplemented(
    message = "`Varint` cannot hold `{Self}`",
    label = "an integer of 16, 32 or 64 bits belongs here"
)]
pub trait Folded: Copy + sealed::Sealed {
    /// The most bytes it takes.
    #[doc(hidden)]
    const LEN_MAX: usize;
    /// The largest number on the wire.
    #[doc(hidden)]
    const MOST: u64;

    /// The number that stands on the wire.
    #[doc(hidden)]
    fn fold(self) -> u64;

    /// The number that is folded to `n`, if there is one.
    #[doc(hidden)]
    fn unfold(n: u64) -> Option<Self>;
}

mod sealed {
    pub trait Sealed {}
}

macro_rules! folded {
    ($($unsigned:ident, $signed:ident;)*) => {$(
        impl sealed::Sealed for $unsigned {}
        impl sealed::Sealed for $signed {}

        impl Folded for $unsigned {
            const LEN_MAX: usize = $unsigned::BITS.div_ceil(7) as usize;
            const MOST: u64 = $unsigned::MAX as u64;

            #[inline(always)]
            fn fold(self) -> u64 {
                self.into()
            }

            #[inline(always)]
            fn unfold(n: u64) -> Option<$unsigned> {
                n.try_into().ok()
            }
        }

        impl Folded for $signed {
            const LEN_MAX: usize = <$unsigned as Folded>::LEN_MAX;
            const MOST: u64 = <$unsigned as Folded>::MOST;

            #[inline(always)]
            fn fold(self) -> u64 {
                u64::from((self << 1 ^ self >> ($signed::BITS - 1)) as $unsigned)
            }

            #[inline(always)]
            fn unfold(n: u64) -> Option<$signed> {
                let folded: $unsigned = n.try_into().ok()?;
                let half = $signed::try_from(folded >> 1).ok()?;
                Some(if folded & 1 == 0 { half } else { !half })
            }
        }
    )*};
}

folded! {
    u16, i16;
    u32, i32;
    u64, i64;
}

/// Writes `number` in the fewest bytes.
#[inline]
fn put<W: Sink>(number: u64, w: &mut W) -> Result<(), Fault> {
    let mut left = number;
    while left >= 0x80 {
        w.put([(left & 0x7f) as u8 | 0x80])?;
        left >>= 7;
    }
    #[expect(clippy::cast_possible_truncation, reason = "below 0x80")]
    w.put([left as u8])
}

/// Reads a number of at most 64 bits, which must stand in its shortest form.
#[inline]
fn get(r: &mut Reader<'_, '_>, keep: usize) -> Result<u64, Fault> {
    /// Ten times seven bits are the first to be more than 64.
    const LEN_MAX: usize = 10;
    let start = r.rest();
    let mut number = 0;
    for position in 0..LEN_MAX {
        let [byte] = r.take_before(keep)?;
        let bits = u64::from(byte & 0x7f);
        let shift = 7 * position;
        number |= bits << shift;
        let overflows = bits << shift >> shift != bits;
        let overlong = byte == 0 && position > 0;
        if overflows || overlong {
            break;
        }
        if byte < 0x80 {
            return Ok(number);
        }
    }
    Err(r.fault_at(start, UnpackErrorKind::NotMinimal))
}

impl<'a, T: Folded + fmt::Debug> Wire<'a> for Varint<T> {
    const MIN: usize = 1;
    const BOUNDS: Bounds = Bounds::at_most(T::LEN_MAX, 0);

    #[inline]
    fn put<O: Order, W: Sink>(&self, w: &mut W, _keep: usize) -> Result<(), Fault> {
        put(self.0.fold(), w)
    }

    #[inline]
    fn get<O: Order>(r: &mut Reader<'a, '_>, keep: usize) -> Result<Varint<T>, Fault> {
        let start = r.rest();
        let got = get(r, keep)?;
        let Some(number) = T::unfold(got) else {
            return Err(r.fault_at(start, UnpackErrorKind::TooLarge { got, max: T::MOST }));
        };
        if O::TRACED {
            r.show(&number);
        }
        Ok(Varint(number))
    }
}

/// The length or count before a run, or a tag: `len = varint`.
impl Width for Varint {
    const MIN: usize = 1;
    const MAX: usize = <u64 as Folded>::LEN_MAX;
    const MOST: u64 = u64::MAX;

    #[inline]
    fn put<O: Order, W: Sink>(number: u64, w: &mut W) -> Result<(), Fault> {
        put(number, w)
    }

    #[inline]
    fn get<O: Order>(r: &mut Reader<'_, '_>, keep: usize) -> Result<u64, Fault> {
        let number = get(r, keep)?;
        if O::TRACED {
            r.show(&number);
        }
        Ok(number)
    }
}

impl<T: Number> Number for Varint<T> {
    #[inline(always)]
    fn to_i128(&self) -> Option<i128> {
        self.0.to_i128()
    }

    #[inline(always)]
    fn from_i128(n: i128) -> Option<Varint<T>> {
        T::from_i128(n).map(Varint)
    }
}

impl<T: fmt::Display> fmt::Display for Varint<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

macro_rules! conversions {
    ($($type:ty),*) => {$(
        impl From<$type> for Varint<$type> {
            #[inline(always)]
            fn from(n: $type) -> Varint<$type> {
                Varint(n)
            }
        }

        impl From<Varint<$type>> for $type {
            #[inline(always)]
            fn from(n: Varint<$type>) -> $type {
                n.0
            }
        }

        /// For fields of the type `usize`, which has no layout of its own.
        impl TryFrom<usize> for Varint<$type> {
            type Error = TryFromIntError;

            #[inline(always)]
            fn try_from(n: usize) -> Result<Varint<$type>, TryFromIntError> {
                n.try_into().map(Varint)
            }
        }
    )*};
}

conversions!(u16, u32, u64, i16, i32, i64);

impl From<Varint<u16>> for usize {
    #[inline(always)]
    fn from(n: Varint<u16>) -> usize {
        n.0.into()
    }
}

macro_rules! back_to_usize {
    ($($type:ty),*) => {$(
        impl TryFrom<Varint<$type>> for usize {
            type Error = TryFromIntError;

            #[inline(always)]
            fn try_from(n: Varint<$type>) -> Result<usize, TryFromIntError> {
                n.0.try_into()
            }
        }
    )*};
}

back_to_usize!(u32, u64, i16, i32, i64);
