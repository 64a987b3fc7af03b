//! Integers of three, five, six and seven bytes: `U24` to `U56`, `I24` to `I56`.
//!
//! Each is a type of its own that cannot hold what does not fit. It computes nothing: [`get`] gives
//! the next larger integer of Rust, to compute with.
//!
//! [`get`]: U24::get

use core::fmt;
use core::num::TryFromIntError;

use crate::format::Width;
use crate::number::{Number, OutOfRange};
use crate::{Bounds, Fault, Order, Reader, Sink, Wire};

macro_rules! wide {
    ($($name:ident, $repr:ident, $bytes:literal, $min:expr, $max:expr, $shown:literal;)*) => {$(
        #[doc = concat!("An integer of ", $bytes, " bytes: ", $shown, ".")]
        ///
        #[doc = concat!("On the wire it is these ", $bytes, " bytes, in the order of the message.")]
        ///
        /// ```
        #[doc = concat!("use protocol_core::", stringify!($name), ";")]
        ///
        #[doc = concat!("let n = ", stringify!($name), "::new(70).unwrap();")]
        /// assert_eq!(n.get(), 70);
        #[doc = concat!("let past = ", stringify!($name), "::MAX.get() + 1;")]
        #[doc = concat!("assert_eq!(", stringify!($name), "::new(past), None);")]
        #[doc = concat!("assert!(", stringify!($name), "::try_from(past).is_err());")]
        /// ```
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
        pub struct $name($repr);

        impl $name {
            /// The smallest value.
            pub const MIN: $name = $name($min);

            /// The largest value.
            pub const MAX: $name = $name($max);

            /// The number of bits.
            pub const BITS: u32 = 8 * $bytes;

            /// The value `n`; `None` if it does not fit.
            #[must_use]
            pub const fn new(n: $repr) -> Option<$name> {
                let spare = $repr::BITS - $name::BITS;
                if n << spare >> spare == n { Some($name(n)) } else { None }
            }

            /// The number.
            #[must_use]
            #[inline(always)]
            pub const fn get(self) -> $repr {
                self.0
            }
        }

        impl<'a> Wire<'a> for $name {
            const SIGNED: bool = $repr::MIN != 0;
            const MIN: usize = $bytes;
            const BOUNDS: Bounds = Bounds::exactly($bytes);

            #[inline(always)]
            fn put<O: Order, W: Sink>(&self, w: &mut W, _keep: usize) -> Result<(), Fault> {
                let mut bytes = [0_u8; $bytes];
                let low = self.0.to_le_bytes();
                if O::BIG {
                    bytes.iter_mut().rev().zip(low).for_each(|(to, of)| *to = of);
                } else {
                    bytes.iter_mut().zip(low).for_each(|(to, of)| *to = of);
                }
                w.put(bytes)
            }

            #[inline(always)]
            fn get<O: Order>(r: &mut Reader<'a, '_>, keep: usize) -> Result<$name, Fault> {
                /// How many bytes the integer of Rust has more.
                const SPARE: usize = size_of::<$repr>() - $bytes;
                let bytes: [u8; $bytes] = r.take_before(keep)?;
                let mut high = [0; size_of::<$repr>()];
                let places = high.iter_mut().skip(SPARE);
                if O::BIG {
                    places.zip(bytes.iter().rev()).for_each(|(to, of)| *to = *of);
                } else {
                    places.zip(&bytes).for_each(|(to, of)| *to = *of);
                }
                // The shift brings the sign along.
                let number = $repr::from_le_bytes(high) >> (8 * SPARE);
                if O::TRACED {
                    r.show(&number);
                }
                Ok($name(number))
            }
        }

        impl Number for $name {
            #[inline(always)]
            fn to_i128(&self) -> Option<i128> {
                Some(i128::from(self.0))
            }

            #[inline(always)]
            fn from_i128(n: i128) -> Option<$name> {
                $name::new($repr::try_from(n).ok()?)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Debug::fmt(&self.0, f)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&self.0, f)
            }
        }
    )*};
}

wide! {
    U24, u32, 3, 0, 0xff_ffff, "0 to 2<sup>24</sup> − 1";
    U40, u64, 5, 0, 0xff_ffff_ffff, "0 to 2<sup>40</sup> − 1";
    U48, u64, 6, 0, 0xffff_ffff_ffff, "0 to 2<sup>48</sup> − 1";
    U56, u64, 7, 0, 0xff_ffff_ffff_ffff, "0 to 2<sup>56</sup> − 1";
    I24, i32, 3, -0x80_0000, 0x7f_ffff, "−2<sup>23</sup> to 2<sup>23</sup> − 1";
    I40, i64, 5, -0x80_0000_0000, 0x7f_ffff_ffff, "−2<sup>39</sup> to 2<sup>39</sup> − 1";
    I48, i64, 6, -0x8000_0000_0000, 0x7fff_ffff_ffff, "−2<sup>47</sup> to 2<sup>47</sup> − 1";
    I56, i64, 7, -0x80_0000_0000_0000, 0x7f_ffff_ffff_ffff, "−2<sup>55</sup> to 2<sup>55</sup> − 1";
}

/// The unsigned ones can stand before a run, as its length or count.
macro_rules! width {
    ($($name:ident, $bytes:literal;)*) => {$(
        impl Width for $name {
            const MIN: usize = $bytes;
            const MAX: usize = $bytes;
            const MOST: u64 = (1 << (8 * $bytes)) - 1;

            #[inline(always)]
            fn put<O: Order, W: Sink>(number: u64, w: &mut W) -> Result<(), Fault> {
                // What cannot be was refused before; the largest number stands in for it here.
                let number = $name::try_from(number).unwrap_or($name::MAX);
                Wire::put::<O, W>(&number, w, 0)
            }

            #[inline(always)]
            fn get<O: Order>(r: &mut Reader<'_, '_>, keep: usize) -> Result<u64, Fault> {
                Ok(u64::from(<$name as Wire<'_>>::get::<O>(r, keep)?))
            }
        }
    )*};
}

width! { U24, 3; U40, 5; U48, 6; U56, 7; }

/// The conversions from and to the integers of Rust: those that always fit, and all others.
macro_rules! conversions {
    ($($name:ident:
        from $($from:ty),*; try from $($try_from:ty),*;
        into $($into:ty),*; try into $($try_into:ty),*;
    )*) => {$(
        $(impl From<$from> for $name {
            #[inline(always)]
            fn from(n: $from) -> $name {
                $name(n.into())
            }
        })*

        $(impl TryFrom<$try_from> for $name {
            type Error = OutOfRange;

            #[inline(always)]
            fn try_from(n: $try_from) -> Result<$name, OutOfRange> {
                let got = i128::try_from(n).unwrap_or(i128::MAX);
                $name::from_i128(got).ok_or_else(|| {
                    OutOfRange::new(got, $name::MIN.0.into(), $name::MAX.0.into())
                })
            }
        })*

        $(impl From<$name> for $into {
            #[inline(always)]
            fn from(n: $name) -> $into {
                n.0.into()
            }
        })*

        $(impl TryFrom<$name> for $try_into {
            type Error = TryFromIntError;

            #[inline(always)]
            fn try_from(n: $name) -> Result<$try_into, TryFromIntError> {
                n.0.try_into()
            }
        })*
    )*};
}

conversions! {
    U24: from u8, u16; try from u32, u64, u128, usize, i8, i16, i32, i64, i128, isize;
        into u32, u64, u128, i64, i128; try into u8, u16, usize, i8, i16, i32, isize;
    U40: from u8, u16, u32; try from u64, u128, usize, i8, i16, i32, i64, i128, isize;
        into u64, u128, i128; try into u8, u16, u32, usize, i8, i16, i32, i64, isize;
    U48: from u8, u16, u32; try from u64, u128, usize, i8, i16, i32, i64, i128, isize;
        into u64, u128, i128; try into u8, u16, u32, usize, i8, i16, i32, i64, isize;
    U56: from u8, u16, u32; try from u64, u128, usize, i8, i16, i32, i64, i128, isize;
        into u64, u128, i128; try into u8, u16, u32, usize, i8, i16, i32, i64, isize;
    I24: from i8, i16, u8, u16; try from u32, u64, u128, usize, i32, i64, i128, isize;
        into i32, i64, i128; try into u8, u16, u32, u64, u128, usize, i8, i16, isize;
    I40: from i8, i16, i32, u8, u16, u32; try from u64, u128, usize, i64, i128, isize;
        into i64, i128; try into u8, u16, u32, u64, u128, usize, i8, i16, i32, isize;
    I48: from i8, i16, i32, u8, u16, u32; try from u64, u128, usize, i64, i128, isize;
        into i64, i128; try into u8, u16, u32, u64, u128, usize, i8, i16, i32, isize;
    I56: from i8, i16, i32, u8, u16, u32; try from u64, u128, usize, i64, i128, isize;
        into i64, i128; try into u8, u16, u32, u64, u128, usize, i8, i16, i32, isize;
}
