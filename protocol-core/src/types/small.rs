//! Small values with a rule: `bool`, `char`, `Duration`, and those that take no bytes.

use core::marker::PhantomData;
use core::time::Duration;

use crate::{Bounds, Fault, Order, Reader, Sink, UnpackErrorKind, Wire};

/// One byte that is 0 or 1.
impl<'a> Wire<'a> for bool {
    const MIN: usize = 1;
    const BOUNDS: Bounds = Bounds::exactly(1);

    #[inline(always)]
    fn put<O: Order, W: Sink>(&self, w: &mut W, _keep: usize) -> Result<(), Fault> {
        w.put([u8::from(*self)])
    }

    #[inline(always)]
    fn get<O: Order>(r: &mut Reader<'a, '_>, keep: usize) -> Result<bool, Fault> {
        let start = r.rest();
        let [byte] = r.take_before(keep)?;
        let value = match byte {
            0 => false,
            1 => true,
            got => return Err(r.fault_at(start, UnpackErrorKind::NotBool { got })),
        };
        if O::TRACED {
            r.show(&value);
        }
        Ok(value)
    }
}

/// A Unicode scalar value as a `u32`.
impl<'a> Wire<'a> for char {
    const MIN: usize = 4;
    const BOUNDS: Bounds = Bounds::exactly(4);

    #[inline(always)]
    fn put<O: Order, W: Sink>(&self, w: &mut W, keep: usize) -> Result<(), Fault> {
        u32::from(*self).put::<O, W>(w, keep)
    }

    #[inline(always)]
    fn get<O: Order>(r: &mut Reader<'a, '_>, keep: usize) -> Result<char, Fault> {
        let start = r.rest();
        let got = u32::get::<O>(r, keep)?;
        let value = char::from_u32(got)
            .ok_or_else(|| r.fault_at(start, UnpackErrorKind::NotChar { got }))?;
        if O::TRACED {
            r.show(&value);
        }
        Ok(value)
    }
}

/// Seconds as a `u64`, then nanoseconds below 10^9 as a `u32`.
impl<'a> Wire<'a> for Duration {
    const MIN: usize = 12;
    const BOUNDS: Bounds = Bounds::exactly(12);

    #[inline(always)]
    fn put<O: Order, W: Sink>(&self, w: &mut W, keep: usize) -> Result<(), Fault> {
        self.as_secs().put::<O, W>(w, keep)?;
        self.subsec_nanos().put::<O, W>(w, keep)
    }

    #[inline(always)]
    fn get<O: Order>(r: &mut Reader<'a, '_>, keep: usize) -> Result<Duration, Fault> {
        const NANOS_MAX: u32 = 999_999_999;
        let seconds = u64::get::<O>(r, 4_usize.wrapping_add(keep))?;
        let start = r.rest();
        let nanos = u32::get::<O>(r, keep)?;
        if nanos > NANOS_MAX {
            let (got, max) = (u64::from(nanos), u64::from(NANOS_MAX));
            return Err(r.fault_at(start, UnpackErrorKind::TooLarge { got, max }));
        }
        let value = Duration::new(seconds, nanos);
        if O::TRACED {
            r.show(&value);
        }
        Ok(value)
    }
}

/// No bytes.
impl<'a, T: ?Sized> Wire<'a> for PhantomData<T> {
    const MIN: usize = 0;
    const BOUNDS: Bounds = Bounds::exactly(0);

    #[inline(always)]
    fn put<O: Order, W: Sink>(&self, _w: &mut W, _keep: usize) -> Result<(), Fault> {
        Ok(())
    }

    #[inline(always)]
    fn get<O: Order>(_r: &mut Reader<'a, '_>, _keep: usize) -> Result<Self, Fault> {
        Ok(PhantomData)
    }
}
