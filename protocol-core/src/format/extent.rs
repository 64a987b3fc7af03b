//! Extents: how many bytes or elements there are, and where that number stands.

use core::marker::PhantomData;

use crate::slice::SliceSink;
use crate::{Fault, Order, PackErrorKind, Reader, Sink, UnpackErrorKind, Wire};

/// How many units (bytes of text, elements of a list) a run has.
pub trait Extent {
    /// The order that it was chosen in; traced or not.
    type Order: Order;
    /// The fewest bytes that the number itself takes.
    const PREFIX_MIN: usize;
    /// The most bytes that the number itself takes.
    const PREFIX_MAX: usize;
    /// The fewest units allowed.
    const LEAST: usize = 0;
    /// The most units allowed.
    const MOST: u64;
    /// Whether the run goes on to the end of the message, so that no number stands anywhere.
    const TO_END: bool = false;

    /// Writes the number of units, which is within the limits.
    ///
    /// # Errors
    /// If the sink is full.
    fn put<W: Sink>(units: u64, w: &mut W) -> Result<(), Fault>;

    /// Writes the number of units, which is within the limits, over the one that was written at the
    /// position `at`; only for prefixes of one width.
    fn patch<W: Sink>(_units: u64, _w: &mut W, _at: usize) {}

    /// Reads the number of units; not called for a run that goes on to the end.
    ///
    /// # Errors
    /// If the bytes are no such number.
    fn get(r: &mut Reader<'_, '_>, keep: usize) -> Result<u64, Fault>;
}

/// The number stands directly before the run, as an `N` in the order `O`.
#[derive(Debug)]
pub struct Prefix<N, O>(PhantomData<(N, O)>);

impl<N: Width, O: Order> Extent for Prefix<N, O> {
    type Order = O;
    const PREFIX_MIN: usize = N::MIN;
    const PREFIX_MAX: usize = N::MAX;
    const MOST: u64 = N::MOST;

    #[inline(always)]
    fn put<W: Sink>(units: u64, w: &mut W) -> Result<(), Fault> {
        N::put::<O, W>(units, w)
    }

    #[inline(always)]
    fn patch<W: Sink>(units: u64, w: &mut W, at: usize) {
        N::patch::<O, W>(units, w, at);
    }

    #[inline(always)]
    fn get(r: &mut Reader<'_, '_>, keep: usize) -> Result<u64, Fault> {
        N::get::<O>(r, keep)
    }
}

/// There are always exactly `N` units, and no number stands anywhere.
#[derive(Debug)]
pub struct Exactly<const N: usize, O>(PhantomData<O>);

impl<const N: usize, O: Order> Extent for Exactly<N, O> {
    type Order = O;
    const PREFIX_MIN: usize = 0;
    const PREFIX_MAX: usize = 0;
    const LEAST: usize = N;
    const MOST: u64 = N as u64;

    #[inline(always)]
    fn put<W: Sink>(_units: u64, _w: &mut W) -> Result<(), Fault> {
        Ok(())
    }

    #[inline(always)]
    fn get(_r: &mut Reader<'_, '_>, _keep: usize) -> Result<u64, Fault> {
        Ok(N as u64)
    }
}

/// All that is left, but for what must follow.
#[derive(Debug)]
pub struct Rest<O>(PhantomData<O>);

impl<O: Order> Extent for Rest<O> {
    type Order = O;
    const PREFIX_MIN: usize = 0;
    const PREFIX_MAX: usize = 0;
    const MOST: u64 = u64::MAX;
    const TO_END: bool = true;

    #[inline(always)]
    fn put<W: Sink>(_units: u64, _w: &mut W) -> Result<(), Fault> {
        Ok(())
    }

    #[inline(always)]
    fn get(r: &mut Reader<'_, '_>, keep: usize) -> Result<u64, Fault> {
        Ok(r.left().saturating_sub(keep) as u64)
    }
}

/// The number stands in another field, which is read before: this extent writes and reads none.
#[derive(Debug)]
pub struct Elsewhere<O>(PhantomData<O>);

impl<O: Order> Extent for Elsewhere<O> {
    type Order = O;
    const PREFIX_MIN: usize = 0;
    const PREFIX_MAX: usize = 0;
    const MOST: u64 = u64::MAX;

    #[inline(always)]
    fn put<W: Sink>(_units: u64, _w: &mut W) -> Result<(), Fault> {
        Ok(())
    }

    /// Whoever knows the number calls [`Counted::get_run`](super::Counted::get_run).
    #[cold]
    fn get(r: &mut Reader<'_, '_>, _keep: usize) -> Result<u64, Fault> {
        Err(r.refuse("how long this is stands in another field"))
    }
}

/// The extent `E`, with at least `LEAST` and at most `MOST` units.
#[derive(Debug)]
pub struct Within<E, const LEAST: usize, const MOST: usize>(PhantomData<E>);

impl<E: Extent, const LEAST: usize, const MOST: usize> Extent for Within<E, LEAST, MOST> {
    type Order = E::Order;
    const PREFIX_MIN: usize = E::PREFIX_MIN;
    const PREFIX_MAX: usize = E::PREFIX_MAX;
    const LEAST: usize = if E::LEAST > LEAST { E::LEAST } else { LEAST };
    const MOST: u64 = if E::MOST < MOST as u64 { E::MOST } else { MOST as u64 };
    const TO_END: bool = E::TO_END;

    #[inline(always)]
    fn put<W: Sink>(units: u64, w: &mut W) -> Result<(), Fault> {
        E::put(units, w)
    }

    #[inline(always)]
    fn patch<W: Sink>(units: u64, w: &mut W, at: usize) {
        E::patch(units, w, at);
    }

    #[inline(always)]
    fn get(r: &mut Reader<'_, '_>, keep: usize) -> Result<u64, Fault> {
        E::get(r, keep)
    }
}

/// The most units of a run that has a bound worth the name: a prefix of 32 bits and more bounds
/// nothing that fits a message.
#[expect(
    clippy::cast_possible_truncation,
    reason = "below 2^32, and `usize` has 32 bits or more here"
)]
pub(super) const fn units_max<E: Extent>() -> Option<usize> {
    assert!(
        E::LEAST as u64 <= E::MOST,
        "no length is within these limits; `min` is above `max`, or above what the prefix can say"
    );
    if E::MOST < u32::MAX as u64 { Some(E::MOST as usize) } else { None }
}

/// Checks the number of units of a value.
#[inline(always)]
pub(super) fn units_of<E: Extent, W: Sink>(units: usize, w: &W) -> Result<u64, Fault> {
    let got = units as u64;
    if got > E::MOST {
        return Err(w.fault(PackErrorKind::AboveLimit { got, max: E::MOST }));
    }
    if got < E::LEAST as u64 {
        return Err(w.fault(PackErrorKind::BelowLimit { got, min: E::LEAST as u64 }));
    }
    Ok(got)
}

/// Checks the number of units of a value, and writes it where it stands.
#[inline(always)]
pub(crate) fn put_units<E: Extent, W: Sink>(units: usize, w: &mut W) -> Result<(), Fault> {
    let units = units_of::<E, W>(units, w)?;
    E::put(units, w)
}

/// Reads the number of units, and checks it.
#[inline(always)]
pub(crate) fn get_units<E: Extent>(r: &mut Reader<'_, '_>, keep: usize) -> Result<usize, Fault> {
    let start = r.rest();
    let got = E::get(r, keep)?;
    check_units::<E>(r, start, got)?;
    // What does not fit the address space cannot have been received either.
    usize::try_from(got).map_err(|_| r.short(usize::MAX))
}

/// Checks a number of units that was read elsewhere.
#[inline(always)]
pub(super) fn told_units<E: Extent>(r: &Reader<'_, '_>, units: u64) -> Result<usize, Fault> {
    check_units::<E>(r, r.rest(), units)?;
    usize::try_from(units).map_err(|_| r.short(usize::MAX))
}

/// Refuses a number of units outside the limits, at the place `start` where the number stands.
#[inline(always)]
pub(super) fn check_units<E: Extent>(
    r: &Reader<'_, '_>,
    start: &[u8],
    got: u64,
) -> Result<(), Fault> {
    if got > E::MOST {
        return Err(r.fault_at(start, UnpackErrorKind::AboveLimit { got, max: E::MOST }));
    }
    if got < E::LEAST as u64 {
        return Err(r.fault_at(start, UnpackErrorKind::BelowLimit { got, min: E::LEAST as u64 }));
    }
    Ok(())
}

/// A whole number that can stand before a run: `u8` to `u64`, `U24` to `U56`, `Varint`.
pub trait Width {
    /// The fewest bytes it takes.
    const MIN: usize;
    /// The most bytes it takes.
    const MAX: usize;
    /// The largest number it holds.
    const MOST: u64;

    /// Writes `number`, which is at most [`MOST`](Width::MOST).
    ///
    /// # Errors
    /// If the sink is full.
    fn put<O: Order, W: Sink>(number: u64, w: &mut W) -> Result<(), Fault>;

    /// Writes `number`, which is at most [`MOST`](Width::MOST), over one of the same width.
    #[inline]
    fn patch<O: Order, W: Sink>(number: u64, w: &mut W, at: usize) {
        let mut bytes = [0; 16];
        let mut slice = SliceSink::new(&mut bytes);
        if Self::put::<O, _>(number, &mut slice).is_ok() {
            let bytes = slice.since(0).unwrap_or(&[]);
            (at..).zip(bytes).for_each(|(at, byte)| w.patch(at, [*byte]));
        }
    }

    /// Reads a number.
    ///
    /// # Errors
    /// If the bytes are no such number.
    fn get<O: Order>(r: &mut Reader<'_, '_>, keep: usize) -> Result<u64, Fault>;
}

macro_rules! width {
    ($($type:ty),*) => {$(
        impl Width for $type {
            const MIN: usize = size_of::<$type>();
            const MAX: usize = size_of::<$type>();
            const MOST: u64 = <$type>::MAX as u64;

            #[inline(always)]
            fn put<O: Order, W: Sink>(number: u64, w: &mut W) -> Result<(), Fault> {
                // What cannot be was refused before; the largest number stands in for it here.
                let number = <$type>::try_from(number).unwrap_or(<$type>::MAX);
                Wire::put::<O, W>(&number, w, 0)
            }

            #[inline(always)]
            fn patch<O: Order, W: Sink>(number: u64, w: &mut W, at: usize) {
                let number = <$type>::try_from(number).unwrap_or(<$type>::MAX);
                w.patch(at, if O::BIG { number.to_be_bytes() } else { number.to_le_bytes() });
            }

            #[inline(always)]
            fn get<O: Order>(r: &mut Reader<'_, '_>, keep: usize) -> Result<u64, Fault> {
                Ok(u64::from(<$type as Wire<'_>>::get::<O>(r, keep)?))
            }
        }
    )*};
}

width!(u8, u16, u32, u64);
