//! `u8`: a number without an order, so that a list or an array of them is one run of bytes.

#[cfg(feature = "alloc")]
use alloc::vec::Vec;

use crate::raw::Probe;
use crate::{Bounds, Fault, Order, Reader, Sink, Wire};

impl<'a> Wire<'a> for u8 {
    const MIN: usize = 1;
    const BOUNDS: Bounds = Bounds::exactly(1);

    #[inline(always)]
    fn put<O: Order, W: Sink>(&self, w: &mut W, _keep: usize) -> Result<(), Fault> {
        w.put([*self])
    }

    #[inline(always)]
    fn get<O: Order>(r: &mut Reader<'a, '_>, keep: usize) -> Result<u8, Fault> {
        let [byte] = r.take_before(keep)?;
        if O::TRACED {
            r.show(&byte);
        }
        Ok(byte)
    }

    #[inline(always)]
    fn lanes<'s, O: Order>(&'s self, probe: &mut Probe<'s>) {
        probe.lane::<u8, O>(self);
    }

    #[inline(always)]
    fn plain_bytes(items: &[u8]) -> Option<&[u8]> {
        Some(items)
    }

    #[inline(always)]
    fn put_all<O: Order, W: Sink>(items: &[u8], w: &mut W, keep: usize) -> Result<(), Fault> {
        w.bytes_before(items, keep)
    }

    #[inline(always)]
    fn get_array<O: Order, const LEN: usize>(
        r: &mut Reader<'a, '_>,
        keep: usize,
    ) -> Result<[u8; LEN], Fault> {
        let bytes = r.take_before(keep)?;
        if O::TRACED {
            r.show(&bytes);
        }
        Ok(bytes)
    }

    #[cfg(feature = "alloc")]
    #[inline]
    fn get_all<O: Order>(r: &mut Reader<'a, '_>, count: usize) -> Result<Vec<u8>, Fault> {
        let bytes = r.bytes(count)?;
        if O::TRACED {
            r.show(&bytes);
        }
        Ok(bytes.to_vec())
    }
}
