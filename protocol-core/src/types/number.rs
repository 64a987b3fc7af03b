//! Integers and floats: their bytes in the order of the message, nothing else.

use crate::{Bounds, Fault, Order, Reader, Sink, Wire};

macro_rules! number {
    ($($type:ty),*) => {$(
        impl<'a> Wire<'a> for $type {
            const MIN: usize = size_of::<$type>();
            const BOUNDS: Bounds = Bounds::exactly(size_of::<$type>());

            #[inline(always)]
            fn put<O: Order, W: Sink>(&self, w: &mut W, _keep: usize) -> Result<(), Fault> {
                w.put(if O::BIG { self.to_be_bytes() } else { self.to_le_bytes() })
            }

            #[inline(always)]
            fn get<O: Order>(r: &mut Reader<'a, '_>, keep: usize) -> Result<$type, Fault> {
                let bytes = r.take_before(keep)?;
                Ok(if O::BIG { <$type>::from_be_bytes(bytes) } else { <$type>::from_le_bytes(bytes) })
            }
        }
    )*};
}

number!(u8, u16, u32, u64, u128, i8, i16, i32, i64, i128, f32, f64);
