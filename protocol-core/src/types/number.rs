//! Integers and floats: their bytes in the order of the message, nothing else.

#[cfg(feature = "alloc")]
use alloc::vec::Vec;
use core::num::NonZero;

use crate::raw::Probe;
use crate::{Bounds, Fault, Order, Reader, Sink, UnpackErrorKind, Wire};

/// The bytes in pieces of `SIZE`; what is left over is not looked at.
#[inline(always)]
fn chunks<const SIZE: usize>(bytes: &[u8]) -> impl Iterator<Item = &[u8; SIZE]> {
    /// Stands in for a piece of another length, which `chunks_exact` never yields.
    const fn zeros<const SIZE: usize>() -> &'static [u8; SIZE] {
        &[0; SIZE]
    }
    bytes.chunks_exact(SIZE).map(|chunk| chunk.first_chunk().unwrap_or(zeros()))
}

/// Types, and whether they are integers with a sign.
macro_rules! number {
    ($($type:ty: $signed:literal),*) => {$(
        impl<'a> Wire<'a> for $type {
            const SIGNED: bool = $signed;
            const MIN: usize = size_of::<$type>();
            const BOUNDS: Bounds = Bounds::exactly(size_of::<$type>());

            #[inline(always)]
            fn put<O: Order, W: Sink>(&self, w: &mut W, _keep: usize) -> Result<(), Fault> {
                w.put(if O::BIG { self.to_be_bytes() } else { self.to_le_bytes() })
            }

            #[inline(always)]
            fn get<O: Order>(r: &mut Reader<'a, '_>, keep: usize) -> Result<$type, Fault> {
                let bytes = r.take_before(keep)?;
                let number = if O::BIG {
                    <$type>::from_be_bytes(bytes)
                } else {
                    <$type>::from_le_bytes(bytes)
                };
                if O::TRACED {
                    r.show(&number);
                }
                Ok(number)
            }

            #[inline(always)]
            fn lanes<'s, O: Order>(&'s self, probe: &mut Probe<'s>) {
                probe.lane::<$type, O>(self);
            }

            #[inline]
            fn put_all<O: Order, W: Sink>(
                items: &[$type],
                w: &mut W,
                keep: usize,
            ) -> Result<(), Fault> {
                w.numbers(items, |number| {
                    if O::BIG { number.to_be_bytes() } else { number.to_le_bytes() }
                })?;
                w.need(keep)
            }

            #[inline]
            fn get_array<O: Order, const LEN: usize>(
                r: &mut Reader<'a, '_>,
                keep: usize,
            ) -> Result<[$type; LEN], Fault> {
                const SIZE: usize = size_of::<$type>();
                let bytes = r.bytes_before(LEN.saturating_mul(SIZE), keep)?;
                let mut numbers = [<$type>::default(); LEN];
                for (number, bytes) in numbers.iter_mut().zip(chunks::<SIZE>(bytes)) {
                    *number = if O::BIG {
                        <$type>::from_be_bytes(*bytes)
                    } else {
                        <$type>::from_le_bytes(*bytes)
                    };
                }
                if O::TRACED {
                    r.show(&numbers);
                }
                Ok(numbers)
            }

            #[cfg(feature = "alloc")]
            #[inline]
            fn get_all<O: Order>(
                r: &mut Reader<'a, '_>,
                count: usize,
            ) -> Result<Vec<$type>, Fault> {
                const SIZE: usize = size_of::<$type>();
                let bytes = r.bytes(count.saturating_mul(SIZE))?;
                let numbers: Vec<$type> = chunks::<SIZE>(bytes)
                    .map(|bytes| {
                        if O::BIG {
                            <$type>::from_be_bytes(*bytes)
                        } else {
                            <$type>::from_le_bytes(*bytes)
                        }
                    })
                    .collect();
                if O::TRACED {
                    r.show(&numbers);
                }
                Ok(numbers)
            }
        }
    )*};
}

number!(
    u16: false, u32: false, u64: false, u128: false, f32: false, f64: false,
    i8: true, i16: true, i32: true, i64: true, i128: true
);

macro_rules! non_zero {
    ($($type:ty),*) => {$(
        impl<'a> Wire<'a> for NonZero<$type> {
            const SIGNED: bool = <$type as Wire<'a>>::SIGNED;
            const MIN: usize = size_of::<$type>();
            const BOUNDS: Bounds = Bounds::exactly(size_of::<$type>());

            #[inline(always)]
            fn put<O: Order, W: Sink>(&self, w: &mut W, keep: usize) -> Result<(), Fault> {
                self.get().put::<O, W>(w, keep)
            }

            #[inline(always)]
            fn get<O: Order>(r: &mut Reader<'a, '_>, keep: usize) -> Result<Self, Fault> {
                let start = r.rest();
                let number = <$type as Wire<'a>>::get::<O>(r, keep)?;
                NonZero::new(number).ok_or_else(|| r.fault_at(start, UnpackErrorKind::Zero))
            }
        }
    )*};
}

non_zero!(u8, u16, u32, u64, u128, i8, i16, i32, i64, i128);
