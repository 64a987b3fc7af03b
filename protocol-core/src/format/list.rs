//! Lists and maps: an extent that counts elements, then the elements.

#[cfg(feature = "alloc")]
use alloc::{collections::BTreeMap, vec::Vec};

use super::Format;
#[cfg(feature = "alloc")]
use super::extent::{check_units, get_units, put_units, told_units, units_max, units_of};
#[cfg(feature = "alloc")]
use super::{Counted, CountsItems, Extent, Seq};
#[cfg(feature = "alloc")]
use crate::UnpackErrorKind;
#[cfg(feature = "alloc")]
use crate::report::Flaw;
use crate::trail::Step;
#[cfg(feature = "alloc")]
use crate::{Bounds, Sink};
use crate::{Fault, Order, Reader};

/// An element that can take no bytes would let a count of four billion cost nothing to send.
#[cfg(feature = "alloc")]
pub(super) const fn refuse_empty(min: usize) {
    assert!(
        min > 0,
        "the elements of a list must take at least one byte on the wire; \
         give the element a field that always stands there, or write a number in place of the list"
    );
}

/// The bounds of a list of elements of `size` bytes in memory.
#[cfg(feature = "alloc")]
pub(super) const fn bounds<E: Extent>(element: Bounds, size: usize, min: usize) -> Bounds {
    let items = element.list(units_max::<E>()).flawed_if(min == 0, Flaw::EmptyItem);
    if E::TO_END {
        // A list without a count is held twice while it grows.
        return items.on_heap(size.saturating_mul(2), min).to_end();
    }
    Bounds::exactly(E::PREFIX_MAX).then(items.on_heap(size, min))
}

/// The fewest bytes of an element. A function, so that a list which may be empty does not look inside
/// its elements: they may hold the same list again.
#[cfg(feature = "alloc")]
pub(super) const fn min_of<'a, T, F: Format<'a, T>>() -> usize {
    F::MIN
}

/// Reads one element, taking down its index in a traced pass.
#[inline(always)]
pub(super) fn get_item<'a, T, F: Format<'a, T> + ?Sized, O: Order>(
    r: &mut Reader<'a, '_>,
    index: usize,
) -> Result<T, Fault> {
    if O::TRACED {
        return r.traced(Step::Index(index), |r| F::get(r, 0));
    }
    F::get(r, 0)
}

/// Makes sure that `count` elements can be there and may be held in memory, before any is reserved.
/// A traced pass does not ask for what follows them, so that the error names the field that is short.
#[cfg(feature = "alloc")]
#[inline(always)]
pub(super) fn admit<E: Extent>(
    r: &Reader<'_, '_>,
    count: usize,
    min: usize,
    size: usize,
    keep: usize,
) -> Result<(), Fault> {
    let items = count.saturating_mul(min);
    let needed = items.saturating_add(keep);
    if r.left() < if E::Order::TRACED { items } else { needed } {
        return Err(r.short(needed));
    }
    r.charge(count, size)
}

#[cfg(feature = "alloc")]
impl<'a, T, W, E, F, K> Format<'a, Vec<T>> for Seq<W, E, F, K>
where
    W: CountsItems,
    E: Extent,
    F: Format<'a, T>,
{
    type Value = Vec<T>;
    type Word = W;

    const MIN: usize =
        if E::LEAST == 0 { E::PREFIX_MIN } else { E::PREFIX_MIN + E::LEAST * min_of::<T, F>() };
    const BOUNDS: Bounds = bounds::<E>(F::BOUNDS, size_of::<T>(), F::MIN);

    #[inline]
    fn put<S: Sink>(items: &Vec<T>, w: &mut S, keep: usize) -> Result<(), Fault> {
        put_units::<E, S>(items.len(), w)?;
        F::put_all(items, w, keep)
    }

    #[inline]
    fn get(r: &mut Reader<'a, '_>, keep: usize) -> Result<Vec<T>, Fault> {
        const { refuse_empty(F::MIN) }
        if E::TO_END {
            return get_to_end::<T, E, F>(r, keep);
        }
        let count = get_units::<E>(r, keep)?;
        get_count::<T, E, F>(r, count, keep)
    }
}

#[cfg(feature = "alloc")]
impl<'a, T, W, E, F, K> Counted<'a, Vec<T>> for Seq<W, E, F, K>
where
    W: CountsItems,
    E: Extent,
    F: Format<'a, T>,
{
    #[inline(always)]
    fn units<S: Sink>(items: &Vec<T>, w: &S) -> Result<u64, Fault> {
        units_of::<E, S>(items.len(), w)
    }

    #[inline]
    fn get_run(r: &mut Reader<'a, '_>, units: u64, keep: usize) -> Result<Vec<T>, Fault> {
        const { refuse_empty(F::MIN) }
        let count = told_units::<E>(r, units)?;
        get_count::<T, E, F>(r, count, keep)
    }
}

/// Reads `count` elements.
#[cfg(feature = "alloc")]
#[inline(always)]
fn get_count<'a, T, E: Extent, F: Format<'a, T>>(
    r: &mut Reader<'a, '_>,
    count: usize,
    keep: usize,
) -> Result<Vec<T>, Fault> {
    admit::<E>(r, count, F::MIN, size_of::<T>(), keep)?;
    F::get_all::<E::Order>(r, count)
}

/// Reads elements until only `keep` bytes are left.
#[cfg(feature = "alloc")]
pub(super) fn get_to_end<'a, T, E: Extent, F: Format<'a, T>>(
    r: &mut Reader<'a, '_>,
    keep: usize,
) -> Result<Vec<T>, Fault> {
    let start = r.rest();
    let mut items = Vec::new();
    while r.left() > keep {
        check_units::<E>(r, start, (items.len() as u64).saturating_add(1).max(E::LEAST as u64))?;
        if items.len() == items.capacity() {
            grow(r, &mut items, r.left().saturating_sub(keep) / F::MIN)?;
        }
        let before = r.left();
        items.push(get_item::<T, F, E::Order>(r, items.len())?);
        if r.left() == before {
            return Err(r.refuse("an element of the list took no bytes"));
        }
    }
    check_units::<E>(r, start, items.len() as u64)?;
    Ok(items)
}

/// Doubles the room of a list that is full, for at most `most` more elements. The old room and the
/// new one are charged while both are held.
#[cfg(feature = "alloc")]
#[cold]
pub(super) fn grow<T>(r: &Reader<'_, '_>, items: &mut Vec<T>, most: usize) -> Result<(), Fault> {
    let full = items.len();
    let more = full.max(4).min(most.max(1));
    r.charge(full.saturating_add(more), size_of::<T>())?;
    items.reserve_exact(more);
    r.refund(full, size_of::<T>());
    Ok(())
}

#[cfg(feature = "alloc")]
impl<'a, Q, T, W, E, F, K> Format<'a, BTreeMap<Q, T>> for Seq<W, E, F, K>
where
    W: CountsItems,
    E: Extent,
    F: Format<'a, T>,
    K: Format<'a, Q>,
    Q: Ord,
{
    type Value = BTreeMap<Q, T>;
    type Word = W;

    const KEYS: bool = true;
    const MIN: usize = if E::LEAST == 0 {
        E::PREFIX_MIN
    } else {
        E::PREFIX_MIN + E::LEAST * (min_of::<Q, K>() + min_of::<T, F>())
    };
    const BOUNDS: Bounds = bounds::<E>(
        K::BOUNDS.then(F::BOUNDS),
        node_size::<Q, T>() + entry_size::<Q, T>(),
        K::MIN + F::MIN,
    );

    #[inline]
    fn put<S: Sink>(map: &BTreeMap<Q, T>, w: &mut S, keep: usize) -> Result<(), Fault> {
        put_units::<E, S>(map.len(), w)?;
        put_entries::<Q, T, F, K, S>(map, w)?;
        w.need(keep)
    }

    #[inline]
    fn get(r: &mut Reader<'a, '_>, keep: usize) -> Result<BTreeMap<Q, T>, Fault> {
        const { refuse_empty(K::MIN + F::MIN) }
        let count = if E::TO_END { None } else { Some(get_units::<E>(r, keep)?) };
        get_entries::<Q, T, E, F, K>(r, count, keep)
    }
}

#[cfg(feature = "alloc")]
impl<'a, Q, T, W, E, F, K> Counted<'a, BTreeMap<Q, T>> for Seq<W, E, F, K>
where
    W: CountsItems,
    E: Extent,
    F: Format<'a, T>,
    K: Format<'a, Q>,
    Q: Ord,
{
    #[inline(always)]
    fn units<S: Sink>(map: &BTreeMap<Q, T>, w: &S) -> Result<u64, Fault> {
        units_of::<E, S>(map.len(), w)
    }

    #[inline]
    fn get_run(r: &mut Reader<'a, '_>, units: u64, keep: usize) -> Result<BTreeMap<Q, T>, Fault> {
        const { refuse_empty(K::MIN + F::MIN) }
        let count = told_units::<E>(r, units)?;
        get_entries::<Q, T, E, F, K>(r, Some(count), keep)
    }
}

/// Writes the entries, keys ascending.
#[cfg(feature = "alloc")]
#[inline(always)]
pub(super) fn put_entries<'a, Q, T, F: Format<'a, T>, K: Format<'a, Q>, S: Sink>(
    map: &BTreeMap<Q, T>,
    w: &mut S,
) -> Result<(), Fault> {
    for (index, (key, value)) in map.iter().enumerate() {
        K::put(key, w, F::MIN)
            .and_then(|()| F::put(value, w, 0))
            .map_err(|fault| w.at(fault, Step::Index(index)))?;
    }
    Ok(())
}

/// Reads `count` entries, or entries until only `keep` bytes are left.
#[cfg(feature = "alloc")]
#[inline(always)]
pub(super) fn get_entries<'a, Q: Ord, T, E: Extent, F: Format<'a, T>, K: Format<'a, Q>>(
    r: &mut Reader<'a, '_>,
    count: Option<usize>,
    keep: usize,
) -> Result<BTreeMap<Q, T>, Fault> {
    let entries = get_ascending::<Q, T, E, F, K>(r, count, keep)?;
    Ok(entries.into_iter().collect())
}

/// The same as a list.
#[cfg(feature = "alloc")]
#[inline(always)]
pub(super) fn get_ascending<'a, Q: Ord, T, E: Extent, F: Format<'a, T>, K: Format<'a, Q>>(
    r: &mut Reader<'a, '_>,
    count: Option<usize>,
    keep: usize,
) -> Result<Vec<(Q, T)>, Fault> {
    let start = r.rest();
    if let Some(count) = count {
        admit::<E>(r, count, K::MIN + F::MIN, entry_size::<Q, T>(), keep)?;
    }
    let mut entries: Vec<(Q, T)> = Vec::with_capacity(count.unwrap_or(0));
    while count.map_or(r.left() > keep, |count| entries.len() < count) {
        if entries.is_empty() {
            r.charge(1, node_size::<Q, T>())?;
        }
        if count.is_none() {
            r.charge(1, entry_size::<Q, T>())?;
        }
        let last = entries.last().map(|(key, _)| key);
        let entry = get_entry::<Q, T, F, K, E::Order>(r, entries.len(), last)?;
        entries.push(entry);
    }
    if count.is_none() {
        check_units::<E>(r, start, entries.len() as u64)?;
    }
    Ok(entries)
}

/// What an entry of a map costs: once in the list it is read to, and up to twice in the tree.
#[cfg(feature = "alloc")]
pub(super) const fn entry_size<Q, T>() -> usize {
    3 * size_of::<(Q, T)>() + 8
}

/// What the first entry of a map costs besides: a node of the tree has room for eleven.
#[cfg(feature = "alloc")]
pub(super) const fn node_size<Q, T>() -> usize {
    11 * size_of::<(Q, T)>() + 128
}

/// Reads one entry of a map, whose key must be greater than the `last` one.
#[cfg(feature = "alloc")]
#[inline(always)]
fn get_entry<'a, Q: Ord, T, F: Format<'a, T>, K: Format<'a, Q>, O: Order>(
    r: &mut Reader<'a, '_>,
    index: usize,
    last: Option<&Q>,
) -> Result<(Q, T), Fault> {
    let get = |r: &mut Reader<'a, '_>| {
        let start = r.rest();
        let key = K::get(r, F::MIN)?;
        if last.is_some_and(|last| *last >= key) {
            return Err(r.fault_at(start, UnpackErrorKind::KeyOrder));
        }
        Ok((key, F::get(r, 0)?))
    };
    if O::TRACED { r.traced(Step::Index(index), get) } else { get(r) }
}
