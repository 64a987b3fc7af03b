//! `ArrayVec` and `ArrayString` of the crate `arrayvec`: like `Vec` and `String`, with room for `CAP`
//! elements or bytes in the value itself. More than that is refused, whatever the prefix can say.

use core::marker::PhantomData;

use arrayvec::{ArrayString, ArrayVec};

use super::bytes::{self, Run};
use super::extent::{Rest, check_units, get_units, put_units, told_units, units_max, units_of};
use super::group::{self, Items, measure, put_group};
use super::list::get_item;
use super::{ByLen, Counted, CountsItems, CountsText, Extent, Format, Seq, Within};
use crate::{Bounds, Fault, Reader, Sink, UnpackErrorKind};

/// The extent `E`, but no more than there is room for.
type Room<E, const CAP: usize> = Within<E, 0, CAP>;

/// How many bytes a list takes, and where it ends.
const fn bounds<E: Extent>(element: Bounds) -> Bounds {
    let items = element.list(units_max::<E>());
    if E::TO_END { items.to_end() } else { Bounds::exactly(E::PREFIX_MAX).then(items) }
}

impl<'a, T, W, E, F, K, const CAP: usize> Format<'a, ArrayVec<T, CAP>> for Seq<W, E, F, K>
where
    W: CountsItems,
    E: Extent,
    F: Format<'a, T>,
{
    type Value = ArrayVec<T, CAP>;
    type Word = W;

    const MIN: usize = E::PREFIX_MIN + if E::LEAST == 0 { 0 } else { E::LEAST * F::MIN };
    const BOUNDS: Bounds = bounds::<Room<E, CAP>>(F::BOUNDS);

    #[inline]
    fn put<S: Sink>(items: &ArrayVec<T, CAP>, w: &mut S, keep: usize) -> Result<(), Fault> {
        put_units::<Room<E, CAP>, S>(items.len(), w)?;
        F::put_all(items, w, keep)
    }

    #[inline]
    fn get(r: &mut Reader<'a, '_>, keep: usize) -> Result<ArrayVec<T, CAP>, Fault> {
        let count = if E::TO_END { None } else { Some(get_units::<Room<E, CAP>>(r, keep)?) };
        get_items::<T, E, F, CAP>(r, count, keep)
    }
}

impl<'a, T, W, E, F, K, const CAP: usize> Counted<'a, ArrayVec<T, CAP>> for Seq<W, E, F, K>
where
    W: CountsItems,
    E: Extent,
    F: Format<'a, T>,
{
    #[inline(always)]
    fn units<S: Sink>(items: &ArrayVec<T, CAP>, w: &S) -> Result<u64, Fault> {
        units_of::<Room<E, CAP>, S>(items.len(), w)
    }

    #[inline]
    fn get_run(r: &mut Reader<'a, '_>, units: u64, keep: usize) -> Result<ArrayVec<T, CAP>, Fault> {
        let count = told_units::<Room<E, CAP>>(r, units)?;
        get_items::<T, E, F, CAP>(r, Some(count), keep)
    }
}

impl<'a, T, E: Extent, F: Format<'a, T>, K, const CAP: usize> Format<'a, ArrayVec<T, CAP>>
    for Seq<ByLen, E, F, K>
{
    type Value = ArrayVec<T, CAP>;
    type Word = ByLen;

    const MIN: usize = E::PREFIX_MIN + E::LEAST;
    const BOUNDS: Bounds = group::bounds::<E>(F::BOUNDS.list(Some(CAP)));

    #[inline]
    fn put<S: Sink>(items: &ArrayVec<T, CAP>, w: &mut S, keep: usize) -> Result<(), Fault> {
        put_group::<E, S>(&Items::<T, F>(items, PhantomData), w, keep)
    }

    #[inline]
    fn get(r: &mut Reader<'a, '_>, keep: usize) -> Result<ArrayVec<T, CAP>, Fault> {
        let len = get_units::<E>(r, keep)?;
        get_items::<T, Rest<E::Order>, F, CAP>(&mut group::group::<E>(r, len, keep)?, None, 0)
    }
}

impl<'a, T, E: Extent, F: Format<'a, T>, K, const CAP: usize> Counted<'a, ArrayVec<T, CAP>>
    for Seq<ByLen, E, F, K>
{
    #[inline]
    fn units<S: Sink>(items: &ArrayVec<T, CAP>, w: &S) -> Result<u64, Fault> {
        let len = measure(&Items::<T, F>(items, PhantomData), w)?;
        units_of::<E, S>(len, w)
    }

    #[inline]
    fn get_run(r: &mut Reader<'a, '_>, units: u64, keep: usize) -> Result<ArrayVec<T, CAP>, Fault> {
        let len = told_units::<E>(r, units)?;
        get_items::<T, Rest<E::Order>, F, CAP>(&mut group::group::<E>(r, len, keep)?, None, 0)
    }
}

/// Reads `count` elements, or elements until only `keep` bytes are left.
#[inline]
fn get_items<'a, T, E: Extent, F: Format<'a, T>, const CAP: usize>(
    r: &mut Reader<'a, '_>,
    count: Option<usize>,
    keep: usize,
) -> Result<ArrayVec<T, CAP>, Fault> {
    let start = r.rest();
    let mut items = ArrayVec::new();
    while count.map_or(r.left() > keep, |count| items.len() < count) {
        if items.is_full() {
            let (got, max) = (CAP as u64 + 1, CAP as u64);
            return Err(r.fault_at(start, UnpackErrorKind::AboveLimit { got, max }));
        }
        items.push(get_item::<T, F, E::Order>(r, items.len())?);
    }
    if count.is_none() {
        check_units::<E>(r, start, items.len() as u64)?;
    }
    Ok(items)
}

impl<'a, W: CountsText, E: Extent, F, K, const CAP: usize> Format<'a, ArrayString<CAP>>
    for Seq<W, E, F, K>
{
    type Value = ArrayString<CAP>;
    type Word = W;

    const ITEMS: bool = false;
    const MIN: usize = E::PREFIX_MIN + E::LEAST;
    const BOUNDS: Bounds = <ByLen as Run<Room<E, CAP>>>::BOUNDS;

    #[inline]
    fn put<S: Sink>(text: &ArrayString<CAP>, w: &mut S, keep: usize) -> Result<(), Fault> {
        <ByLen as Run<Room<E, CAP>>>::put(text.as_bytes(), w, keep)
    }

    #[inline]
    fn get(r: &mut Reader<'a, '_>, keep: usize) -> Result<ArrayString<CAP>, Fault> {
        let len = get_units::<Room<E, CAP>>(r, keep)?;
        get_text::<E, CAP>(r, len, keep)
    }
}

impl<'a, W: CountsText, E: Extent, F, K, const CAP: usize> Counted<'a, ArrayString<CAP>>
    for Seq<W, E, F, K>
{
    #[inline(always)]
    fn units<S: Sink>(text: &ArrayString<CAP>, w: &S) -> Result<u64, Fault> {
        units_of::<Room<E, CAP>, S>(text.len(), w)
    }

    #[inline]
    fn get_run(r: &mut Reader<'a, '_>, units: u64, keep: usize) -> Result<ArrayString<CAP>, Fault> {
        let len = told_units::<Room<E, CAP>>(r, units)?;
        get_text::<E, CAP>(r, len, keep)
    }
}

/// Reads text of `len` bytes, which are no more than there is room for.
#[inline]
fn get_text<E: Extent, const CAP: usize>(
    r: &mut Reader<'_, '_>,
    len: usize,
    keep: usize,
) -> Result<ArrayString<CAP>, Fault> {
    let bytes = bytes::run::<E::Order>(r, len, keep)?;
    let text = bytes::seen_text::<E::Order>(r, bytes)?;
    ArrayString::from(text).map_err(|_| {
        let (got, max) = (len as u64, CAP as u64);
        r.fault_at(bytes, UnpackErrorKind::AboveLimit { got, max })
    })
}
