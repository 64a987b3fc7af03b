//! Groups: the word `len` on lists, maps and parts. A length in bytes, then what takes exactly that.

#[cfg(feature = "alloc")]
use alloc::{boxed::Box, collections::BTreeMap, vec::Vec};
use core::marker::PhantomData;

use super::bytes::run;
#[cfg(feature = "alloc")]
use super::extent::Rest;
use super::extent::{Extent, get_units, put_units, told_units, units_max, units_of};
#[cfg(feature = "alloc")]
use super::list::{
    admit, entry_size, get_entries, get_to_end, node_size, put_entries, refuse_empty,
};
use super::{ByLen, Counted, Format, Seq};
use crate::report::Flaw;
use crate::{Bounds, Fault, Reader, Sink, Wire};

/// A message or a part, on which `len` is the length of all its bytes. Implemented by the derives.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no such layout on the wire",
    label = "`len` does not go with `{Self}`",
    note = "`len` is for text, bytes, lists, maps, and parts that derive `Wire` or `Message`"
)]
pub trait Derived<'a>: Wire<'a> {
    /// Whether bytes that follow the value in its group are passed over.
    const IGNORES_TRAILING: bool = false;
}

#[cfg(feature = "alloc")]
impl<'a, T: Derived<'a>> Derived<'a> for Box<T> {
    const IGNORES_TRAILING: bool = T::IGNORES_TRAILING;
}

/// What a group holds. A trait, since a closure writes to one kind of sink only.
pub(crate) trait Content {
    /// Writes it.
    fn put<W: Sink>(&self, w: &mut W) -> Result<(), Fault>;
}

/// Writes the content and returns how many bytes that are.
#[inline(always)]
fn put_measured<W: Sink>(content: &impl Content, w: &mut W) -> Result<usize, Fault> {
    let start = w.position();
    content.put(w)?;
    Ok(w.position().wrapping_sub(start))
}

/// How many bytes the content takes.
#[inline(always)]
pub(super) fn measure<W: Sink>(content: &impl Content, w: &W) -> Result<usize, Fault> {
    put_measured(content, &mut w.meter())
}

/// Writes the length of the content and the content. A length of one width is written last, over a
/// placeholder, so that groups in groups are visited once; another one is counted before.
#[inline]
pub(crate) fn put_group<E: Extent, W: Sink>(
    content: &impl Content,
    w: &mut W,
    keep: usize,
) -> Result<(), Fault> {
    if E::PREFIX_MIN == E::PREFIX_MAX {
        let at = w.position();
        E::put(0, w)?;
        let len = put_measured(content, w)?;
        let units = units_of::<E, W>(len, w)?;
        E::patch(units, w, at);
    } else if W::COUNTS {
        let len = put_measured(content, w)?;
        put_units::<E, W>(len, w)?;
    } else {
        let len = measure(content, w)?;
        put_units::<E, W>(len, w)?;
        content.put(w)?;
    }
    w.need(keep)
}

/// Takes the group of `len` bytes that comes next.
#[inline(always)]
pub(super) fn group<'a, 'c, E: Extent>(
    r: &mut Reader<'a, 'c>,
    len: usize,
    keep: usize,
) -> Result<Reader<'a, 'c>, Fault> {
    let piece = run::<E::Order>(r, len, keep)?;
    Ok(r.over(piece))
}

/// The bounds of a group whose content has the bounds `inside`.
pub(crate) const fn bounds<E: Extent>(inside: Bounds) -> Bounds {
    Bounds::exactly(E::PREFIX_MAX).then(inside.grouped(units_max::<E>()))
}

/// A part, as the content of a group in the order of `E`.
struct Part<'v, T, E>(&'v T, PhantomData<E>);

impl<'a, T: Wire<'a>, E: Extent> Content for Part<'_, T, E> {
    #[inline(always)]
    fn put<W: Sink>(&self, w: &mut W) -> Result<(), Fault> {
        self.0.put::<E::Order, W>(w, 0)
    }
}

/// The fewest bytes of a part in a group.
const fn part_min<E: Extent>(min: usize) -> usize {
    if min > E::LEAST { min } else { E::LEAST }
}

/// A part that is passed over beyond its end has no length of its own.
const fn bounds_of_part<'a, T: Derived<'a>, E: Extent>() -> Bounds {
    let any = if T::IGNORES_TRAILING { Bounds::unbounded(0) } else { T::BOUNDS };
    bounds::<E>(Bounds::either(&[T::BOUNDS, any]))
        .flawed_if(T::MIN as u64 > E::MOST, Flaw::AboveLen)
}

#[inline(always)]
fn get_part<'a, T: Derived<'a>, E: Extent>(
    r: &mut Reader<'a, '_>,
    len: usize,
    keep: usize,
) -> Result<T, Fault> {
    let mut inside = group::<E>(r, len, keep)?;
    let value = T::get::<E::Order>(&mut inside, 0)?;
    if T::IGNORES_TRAILING {
        inside.skip_rest();
    }
    inside.done()?;
    Ok(value)
}

impl<'a, T: Derived<'a>, E: Extent, F, K> Format<'a, T> for Seq<ByLen, E, F, K> {
    type Value = T;
    type Word = ByLen;

    const ITEMS: bool = false;
    const MIN: usize = E::PREFIX_MIN + part_min::<E>(T::MIN);
    const BOUNDS: Bounds = bounds_of_part::<T, E>();

    #[inline]
    fn put<S: Sink>(value: &T, w: &mut S, keep: usize) -> Result<(), Fault> {
        put_group::<E, S>(&Part::<T, E>(value, PhantomData), w, keep)
    }

    #[inline]
    fn get(r: &mut Reader<'a, '_>, keep: usize) -> Result<T, Fault> {
        let len = get_units::<E>(r, keep)?;
        get_part::<T, E>(r, len, keep)
    }
}

impl<'a, T: Derived<'a>, E: Extent, F, K> Counted<'a, T> for Seq<ByLen, E, F, K> {
    #[inline]
    fn units<S: Sink>(value: &T, w: &S) -> Result<u64, Fault> {
        let len = measure(&Part::<T, E>(value, PhantomData), w)?;
        units_of::<E, S>(len, w)
    }

    #[inline]
    fn get_run(r: &mut Reader<'a, '_>, units: u64, keep: usize) -> Result<T, Fault> {
        let len = told_units::<E>(r, units)?;
        get_part::<T, E>(r, len, keep)
    }
}

/// Elements in the format `F`, as the content of a group.
#[cfg(any(feature = "alloc", feature = "arrayvec"))]
pub(super) struct Items<'v, T, F>(pub(super) &'v [T], pub(super) PhantomData<F>);

#[cfg(any(feature = "alloc", feature = "arrayvec"))]
impl<'a, T, F: Format<'a, T>> Content for Items<'_, T, F> {
    #[inline(always)]
    fn put<W: Sink>(&self, w: &mut W) -> Result<(), Fault> {
        F::put_all(self.0, w, 0)
    }
}

/// The bytes of each element, if all elements have as many.
#[cfg(feature = "alloc")]
#[inline(always)]
const fn fixed<'a, T, F: Format<'a, T>>() -> Option<usize> {
    match F::BOUNDS.max_len {
        Some(len) if len == F::MIN && len > 0 => Some(len),
        Some(_) | None => None,
    }
}

/// The bytes of all elements.
#[cfg(feature = "alloc")]
#[inline(always)]
fn len_of<'a, T, F: Format<'a, T>, W: Sink>(items: &[T], w: &W) -> Result<usize, Fault> {
    match const { fixed::<T, F>() } {
        Some(size) => Ok(items.len().saturating_mul(size)),
        None => measure(&Items::<T, F>(items, PhantomData), w),
    }
}

/// Reads elements that take `len` bytes together. A length that holds no whole number of them is left
/// to the way that finds the element that is cut.
#[cfg(feature = "alloc")]
#[inline(always)]
fn get_items<'a, T, E: Extent, F: Format<'a, T>>(
    r: &mut Reader<'a, '_>,
    len: usize,
    keep: usize,
) -> Result<Vec<T>, Fault> {
    let count = match const { fixed::<T, F>() } {
        Some(1) => {
            admit::<E>(r, len, 1, size_of::<T>(), keep)?;
            return F::get_all::<E::Order>(r, len);
        }
        Some(size) => len.checked_div(size).filter(|count| count * size == len),
        None => None,
    };
    let Some(count) = count else {
        let mut inside = group::<E>(r, len, keep)?;
        return get_to_end::<T, Rest<E::Order>, F>(&mut inside, 0);
    };
    admit::<E>(r, count, F::MIN, size_of::<T>(), keep)?;
    let mut inside = group::<E>(r, len, keep)?;
    let items = F::get_all::<E::Order>(&mut inside, count)?;
    inside.done()?;
    Ok(items)
}

/// What an element costs in memory: twice its size where the list grows while it is read.
#[cfg(feature = "alloc")]
const fn item_size<'a, T, F: Format<'a, T>>() -> usize {
    match fixed::<T, F>() {
        Some(_) => size_of::<T>(),
        None => size_of::<T>().saturating_mul(2),
    }
}

#[cfg(feature = "alloc")]
const fn bounds_of_items<'a, T, E: Extent, F: Format<'a, T>>() -> Bounds {
    let items = F::BOUNDS.list(None).flawed_if(F::MIN == 0, Flaw::EmptyItem);
    bounds::<E>(items.on_heap(item_size::<T, F>(), F::MIN))
}

#[cfg(feature = "alloc")]
impl<'a, T, E: Extent, F: Format<'a, T>, K> Format<'a, Vec<T>> for Seq<ByLen, E, F, K> {
    type Value = Vec<T>;
    type Word = ByLen;

    const MIN: usize = E::PREFIX_MIN + E::LEAST;
    const BOUNDS: Bounds = bounds_of_items::<T, E, F>();

    #[inline]
    fn put<S: Sink>(items: &Vec<T>, w: &mut S, keep: usize) -> Result<(), Fault> {
        if let Some(size) = const { fixed::<T, F>() } {
            put_units::<E, S>(items.len().saturating_mul(size), w)?;
            return F::put_all(items, w, keep);
        }
        put_group::<E, S>(&Items::<T, F>(items, PhantomData), w, keep)
    }

    #[inline]
    fn get(r: &mut Reader<'a, '_>, keep: usize) -> Result<Vec<T>, Fault> {
        const { refuse_empty(F::MIN) }
        let len = get_units::<E>(r, keep)?;
        get_items::<T, E, F>(r, len, keep)
    }
}

#[cfg(feature = "alloc")]
impl<'a, T, E: Extent, F: Format<'a, T>, K> Counted<'a, Vec<T>> for Seq<ByLen, E, F, K> {
    #[inline]
    fn units<S: Sink>(items: &Vec<T>, w: &S) -> Result<u64, Fault> {
        let len = len_of::<T, F, S>(items, w)?;
        units_of::<E, S>(len, w)
    }

    #[inline]
    fn get_run(r: &mut Reader<'a, '_>, units: u64, keep: usize) -> Result<Vec<T>, Fault> {
        const { refuse_empty(F::MIN) }
        let len = told_units::<E>(r, units)?;
        get_items::<T, E, F>(r, len, keep)
    }
}

/// The entries of a map, as the content of a group.
#[cfg(feature = "alloc")]
struct Entries<'v, Q, T, F, K>(&'v BTreeMap<Q, T>, PhantomData<(F, K)>);

#[cfg(feature = "alloc")]
impl<'a, Q, T, F: Format<'a, T>, K: Format<'a, Q>> Content for Entries<'_, Q, T, F, K> {
    #[inline(always)]
    fn put<W: Sink>(&self, w: &mut W) -> Result<(), Fault> {
        put_entries::<Q, T, F, K, W>(self.0, w)
    }
}

#[cfg(feature = "alloc")]
pub(super) const fn bounds_of_map<'a, Q, T, E: Extent, F: Format<'a, T>, K: Format<'a, Q>>()
-> Bounds {
    let min = K::MIN + F::MIN;
    let size = node_size::<Q, T>() + entry_size::<Q, T>();
    let entries = K::BOUNDS.then(F::BOUNDS).list(None).flawed_if(min == 0, Flaw::EmptyItem);
    bounds::<E>(entries.on_heap(size, min))
}

#[cfg(feature = "alloc")]
impl<'a, Q, T, E, F, K> Format<'a, BTreeMap<Q, T>> for Seq<ByLen, E, F, K>
where
    E: Extent,
    F: Format<'a, T>,
    K: Format<'a, Q>,
    Q: Ord,
{
    type Value = BTreeMap<Q, T>;
    type Word = ByLen;

    const KEYS: bool = true;
    const MIN: usize = E::PREFIX_MIN + E::LEAST;
    const BOUNDS: Bounds = bounds_of_map::<Q, T, E, F, K>();

    #[inline]
    fn put<S: Sink>(map: &BTreeMap<Q, T>, w: &mut S, keep: usize) -> Result<(), Fault> {
        let entries = Entries::<Q, T, F, K>(map, PhantomData);
        put_group::<E, S>(&entries, w, keep)
    }

    #[inline]
    fn get(r: &mut Reader<'a, '_>, keep: usize) -> Result<BTreeMap<Q, T>, Fault> {
        const { refuse_empty(K::MIN + F::MIN) }
        let len = get_units::<E>(r, keep)?;
        let mut inside = group::<E>(r, len, keep)?;
        get_entries::<Q, T, Rest<E::Order>, F, K>(&mut inside, None, 0)
    }
}

#[cfg(feature = "alloc")]
impl<'a, Q, T, E, F, K> Counted<'a, BTreeMap<Q, T>> for Seq<ByLen, E, F, K>
where
    E: Extent,
    F: Format<'a, T>,
    K: Format<'a, Q>,
    Q: Ord,
{
    #[inline]
    fn units<S: Sink>(map: &BTreeMap<Q, T>, w: &S) -> Result<u64, Fault> {
        let len = measure(&Entries::<Q, T, F, K>(map, PhantomData), w)?;
        units_of::<E, S>(len, w)
    }

    #[inline]
    fn get_run(r: &mut Reader<'a, '_>, units: u64, keep: usize) -> Result<BTreeMap<Q, T>, Fault> {
        const { refuse_empty(K::MIN + F::MIN) }
        let len = told_units::<E>(r, units)?;
        let mut inside = group::<E>(r, len, keep)?;
        get_entries::<Q, T, Rest<E::Order>, F, K>(&mut inside, None, 0)
    }
}
