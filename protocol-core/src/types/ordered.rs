//! `Be<T>` and `Le<T>`: a value whose byte order does not depend on the message it stands in.

use core::fmt;

use crate::number::Number;
use crate::raw::Probe;
use crate::{Bounds, Fault, Order, Reader, Sink, Wire};

macro_rules! ordered {
    ($($(#[$doc:meta])* $name:ident, $order:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
        pub struct $name<T>(
            /// The value.
            pub T,
        );

        impl<'a, T: Wire<'a>> Wire<'a> for $name<T> {
            const SIGNED: bool = T::SIGNED;
            const MIN: usize = T::MIN;
            const BOUNDS: Bounds = T::BOUNDS;

            #[inline(always)]
            fn put<O: Order, W: Sink>(&self, w: &mut W, keep: usize) -> Result<(), Fault> {
                self.0.put::<O::$order, W>(w, keep)
            }

            #[inline(always)]
            fn get<O: Order>(r: &mut Reader<'a, '_>, keep: usize) -> Result<$name<T>, Fault> {
                T::get::<O::$order>(r, keep).map($name)
            }

            #[inline(always)]
            fn lanes<'s, O: Order>(&'s self, probe: &mut Probe<'s>) {
                self.0.lanes::<O::$order>(probe);
            }
        }

        impl<T: Number> Number for $name<T> {
            #[inline(always)]
            fn to_i128(&self) -> Option<i128> {
                self.0.to_i128()
            }

            #[inline(always)]
            fn from_i128(n: i128) -> Option<$name<T>> {
                T::from_i128(n).map($name)
            }
        }

        impl<T: fmt::Display> fmt::Display for $name<T> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl<T> From<T> for $name<T> {
            #[inline(always)]
            fn from(value: T) -> $name<T> {
                $name(value)
            }
        }
    )*};
}

ordered! {
    /// A value whose numbers stand most significant byte first, whatever the order of the message.
    ///
    /// ```
    /// # #[cfg(feature = "derive")] {
    /// use protocol_core::{Be, Pack, Wire};
    ///
    /// #[derive(Wire)]
    /// #[wire(endian = little)]
    /// struct Mixed { here: u16, fixed: Be<u16> }
    ///
    /// let mixed = Mixed { here: 0x0102, fixed: Be(0x0102) };
    /// assert_eq!(mixed.pack().unwrap(), [0x02, 0x01, 0x01, 0x02]);
    /// # }
    /// ```
    Be, Big;

    /// A value whose numbers stand least significant byte first, whatever the order of the message.
    ///
    /// ```
    /// # #[cfg(feature = "derive")] {
    /// use protocol_core::{Le, Pack, Wire};
    ///
    /// #[derive(Wire)]
    /// struct Mixed { here: u16, fixed: Le<u16> }
    ///
    /// let mixed = Mixed { here: 0x0102, fixed: Le(0x0102) };
    /// assert_eq!(mixed.pack().unwrap(), [0x01, 0x02, 0x02, 0x01]);
    /// # }
    /// ```
    Le, Little;
}

/// Back to the value: number by number, since a foreign type alone cannot be converted into.
macro_rules! back {
    ($($type:ty),*) => {$(
        impl From<Be<$type>> for $type {
            #[inline(always)]
            fn from(ordered: Be<$type>) -> $type {
                ordered.0
            }
        }

        impl From<Le<$type>> for $type {
            #[inline(always)]
            fn from(ordered: Le<$type>) -> $type {
                ordered.0
            }
        }
    )*};
}

back!(u16, u32, u64, u128, i16, i32, i64, i128, f32, f64, char);
