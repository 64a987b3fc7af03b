//! The word `as`: the format of another type, to which a value is converted.

use core::marker::PhantomData;

use super::{Counted, Format};
use crate::{Bounds, Fault, PackErrorKind, Reader, Sink, UnpackErrorKind};

/// A value that stands on the wire as a `V` in the format `F`.
#[derive(Debug)]
pub struct Converted<V, F>(PhantomData<(V, F)>);

impl<'a, T, V, F> Format<'a, T> for Converted<V, F>
where
    T: Clone + TryInto<V>,
    V: TryInto<T>,
    F: Format<'a, V>,
{
    type Value = T;
    type Word = ();

    const ITEMS: bool = F::ITEMS;
    const KEYS: bool = F::KEYS;
    const MIN: usize = F::MIN;
    const BOUNDS: Bounds = F::BOUNDS;

    #[inline]
    fn put<W: Sink>(value: &T, w: &mut W, keep: usize) -> Result<(), Fault> {
        F::put(&turned(value, w)?, w, keep)
    }

    #[inline]
    fn get(r: &mut Reader<'a, '_>, keep: usize) -> Result<T, Fault> {
        turned_back(r, |r| F::get(r, keep))
    }
}

impl<'a, T, V, F> Counted<'a, T> for Converted<V, F>
where
    T: Clone + TryInto<V>,
    V: TryInto<T>,
    F: Counted<'a, V>,
{
    #[inline]
    fn units<W: Sink>(value: &T, w: &W) -> Result<u64, Fault> {
        F::units(&turned(value, w)?, w)
    }

    #[inline]
    fn get_run(r: &mut Reader<'a, '_>, units: u64, keep: usize) -> Result<T, Fault> {
        turned_back(r, |r| F::get_run(r, units, keep))
    }
}

/// The value as the type that stands on the wire, if that holds it.
#[inline]
fn turned<T: Clone + TryInto<V>, V, W: Sink>(value: &T, w: &W) -> Result<V, Fault> {
    value.clone().try_into().map_err(|_| w.fault(PackErrorKind::NoConversion))
}

/// What `get` reads, as the type of the field, if it is one.
#[inline]
fn turned_back<'a, 'c, T, V: TryInto<T>>(
    r: &mut Reader<'a, 'c>,
    get: impl FnOnce(&mut Reader<'a, 'c>) -> Result<V, Fault>,
) -> Result<T, Fault> {
    let start = r.rest();
    get(r)?.try_into().map_err(|_| r.fault_at(start, UnpackErrorKind::NoConversion))
}
