//! Numbers with a name around them: on the wire they are as if nothing were around them.

use core::num::{Saturating, Wrapping};

use super::units::{Micros, Millis, Nanos, Secs};
use crate::number::Number;
use crate::raw::Probe;
use crate::{Bounds, Fault, Order, Reader, Sink, Wire};

macro_rules! wrapper {
    ($($name:ident),*) => {$(
        impl<'a, T: Wire<'a>> Wire<'a> for $name<T> {
            const MIN: usize = T::MIN;
            const BOUNDS: Bounds = T::BOUNDS;

            #[inline(always)]
            fn put<O: Order, W: Sink>(&self, w: &mut W, keep: usize) -> Result<(), Fault> {
                self.0.put::<O, W>(w, keep)
            }

            #[inline(always)]
            fn get<O: Order>(r: &mut Reader<'a, '_>, keep: usize) -> Result<$name<T>, Fault> {
                T::get::<O>(r, keep).map($name)
            }

            #[inline(always)]
            fn lanes<'s, O: Order>(&'s self, probe: &mut Probe<'s>) {
                self.0.lanes::<O>(probe);
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
    )*};
}

wrapper!(Wrapping, Saturating, Secs, Millis, Micros, Nanos);
