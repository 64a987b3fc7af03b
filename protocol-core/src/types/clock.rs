//! Points in time: whole seconds since 1970, and the nanoseconds after them.

#[cfg(feature = "std")]
use std::time::SystemTime;

use super::units::split;
#[cfg(feature = "std")]
use super::units::{of_time, since_1970};
#[cfg(feature = "std")]
use crate::Bounds;
use crate::{Fault, Order, Reader, Sink, UnpackErrorKind, Wire};

/// The largest number of nanoseconds.
const NANOS_MAX: u32 = 999_999_999;

/// Writes seconds and nanoseconds since 1970.
#[inline]
pub(super) fn put<O: Order, W: Sink>(nanos: i128, w: &mut W, keep: usize) -> Result<(), Fault> {
    let (secs, nanos) = split(nanos);
    let Ok(secs) = i64::try_from(secs) else {
        return Err(w.refuse("the time is too far from 1970"));
    };
    secs.put::<O, W>(w, keep)?;
    nanos.put::<O, W>(w, keep)
}

/// Reads seconds and nanoseconds since 1970, as a time that `make` makes of all the nanoseconds.
#[inline]
pub(super) fn get<T: core::fmt::Debug, O: Order>(
    r: &mut Reader<'_, '_>,
    keep: usize,
    make: impl FnOnce(i128) -> Option<T>,
) -> Result<T, Fault> {
    let before = r.rest();
    let secs = i64::get::<O>(r, 4_usize.wrapping_add(keep))?;
    let start = r.rest();
    let nanos = u32::get::<O>(r, keep)?;
    if nanos > NANOS_MAX {
        let (got, max) = (u64::from(nanos), u64::from(NANOS_MAX));
        return Err(r.fault_at(start, UnpackErrorKind::TooLarge { got, max }));
    }
    let Some(time) = make(i128::from(secs) * 1_000_000_000 + i128::from(nanos)) else {
        let why = "the time is out of this type's range";
        return Err(r.fault_at(before, UnpackErrorKind::Refused { why }));
    };
    if O::TRACED {
        r.show(&time);
    }
    Ok(time)
}

/// Whole seconds since 1970 as an `i64`, rounded down, then nanoseconds below 10^9 as a `u32`.
#[cfg(feature = "std")]
impl<'a> Wire<'a> for SystemTime {
    const MIN: usize = 12;
    const BOUNDS: Bounds = Bounds::exactly(12);

    #[inline]
    fn put<O: Order, W: Sink>(&self, w: &mut W, keep: usize) -> Result<(), Fault> {
        put::<O, W>(of_time(*self), w, keep)
    }

    #[inline]
    fn get<O: Order>(r: &mut Reader<'a, '_>, keep: usize) -> Result<SystemTime, Fault> {
        get::<SystemTime, O>(r, keep, since_1970)
    }
}
