//! The other lists, `VecDeque`, `Box<[T]>`, `SmallVec`, and the set: on the wire as a `Vec` of the same
//! elements; those of a set in ascending order, without duplicates.

use alloc::{
    boxed::Box,
    collections::{BTreeSet, VecDeque},
    vec::Vec,
};
use core::marker::PhantomData;

#[cfg(feature = "smallvec")]
use smallvec::{Array, SmallVec};

use super::extent::{Rest, get_units, put_units, told_units, units_of};
use super::group::{Content, bounds_of_map, group, measure, put_group};
use super::list::{bounds, entry_size, get_ascending, min_of, node_size, refuse_empty};
use super::{ByLen, Counted, CountsItems, Extent, Format, Own, Seq};
use crate::trail::Step;
use crate::{Bounds, Fault, Reader, Sink};

/// Elements in the format `F` that lie in one or two slices.
struct Slices<'v, T, F>((&'v [T], &'v [T]), PhantomData<F>);

impl<'a, T, F: Format<'a, T>> Content for Slices<'_, T, F> {
    #[inline]
    fn put<S: Sink>(&self, w: &mut S) -> Result<(), Fault> {
        let (front, back) = self.0;
        if back.is_empty() {
            return F::put_all(front, w, 0);
        }
        put_each::<T, F, S>(front.iter().chain(back), w)
    }
}

/// The elements of a set in the format `F`.
struct Members<'v, T, F>(&'v BTreeSet<T>, PhantomData<F>);

impl<'a, T, F: Format<'a, T>> Content for Members<'_, T, F> {
    #[inline]
    fn put<S: Sink>(&self, w: &mut S) -> Result<(), Fault> {
        put_each::<T, F, S>(self.0.iter(), w)
    }
}

/// Writes elements one by one.
#[inline]
fn put_each<'a, 'v, T: 'v, F: Format<'a, T>, S: Sink>(
    items: impl Iterator<Item = &'v T>,
    w: &mut S,
) -> Result<(), Fault> {
    for (index, item) in items.enumerate() {
        F::put(item, w, 0).map_err(|fault| w.at(fault, Step::Index(index)))?;
    }
    Ok(())
}

/// Implements the format of one list: how its elements are seen, and how it is made of a vector.
macro_rules! list {
    ($(#[$attr:meta])* [$($generics:tt)*] $type:ty, $item:ty, $slices:expr, $make:expr) => {
        $(#[$attr])*
        impl<'a, $($generics)*, W, E, F, K> Format<'a, $type> for Seq<W, E, F, K>
        where
            W: CountsItems,
            E: Extent,
            F: Format<'a, $item>,
        {
            type Value = $type;
            type Word = W;

            const MIN: usize = <Self as Format<'a, Vec<$item>>>::MIN;
            const BOUNDS: Bounds = <Self as Format<'a, Vec<$item>>>::BOUNDS;

            #[inline]
            fn put<S: Sink>(items: &$type, w: &mut S, keep: usize) -> Result<(), Fault> {
                put_units::<E, S>(items.len(), w)?;
                let slices: for<'v> fn(&'v $type) -> (&'v [$item], &'v [$item]) = $slices;
                Slices::<$item, F>(slices(items), PhantomData).put(w)?;
                w.need(keep)
            }

            #[inline]
            fn get(r: &mut Reader<'a, '_>, keep: usize) -> Result<$type, Fault> {
                <Self as Format<'a, Vec<$item>>>::get(r, keep).map($make)
            }
        }

        $(#[$attr])*
        impl<'a, $($generics)*, W, E, F, K> Counted<'a, $type> for Seq<W, E, F, K>
        where
            W: CountsItems,
            E: Extent,
            F: Format<'a, $item>,
        {
            #[inline(always)]
            fn units<S: Sink>(items: &$type, w: &S) -> Result<u64, Fault> {
                units_of::<E, S>(items.len(), w)
            }

            #[inline]
            fn get_run(r: &mut Reader<'a, '_>, units: u64, keep: usize) -> Result<$type, Fault> {
                <Self as Counted<'a, Vec<$item>>>::get_run(r, units, keep).map($make)
            }
        }

        $(#[$attr])*
        impl<'a, $($generics)*, E, F, K> Format<'a, $type> for Seq<ByLen, E, F, K>
        where
            E: Extent,
            F: Format<'a, $item>,
        {
            type Value = $type;
            type Word = ByLen;

            const MIN: usize = <Self as Format<'a, Vec<$item>>>::MIN;
            const BOUNDS: Bounds = <Self as Format<'a, Vec<$item>>>::BOUNDS;

            #[inline]
            fn put<S: Sink>(items: &$type, w: &mut S, keep: usize) -> Result<(), Fault> {
                let slices: for<'v> fn(&'v $type) -> (&'v [$item], &'v [$item]) = $slices;
                put_group::<E, S>(&Slices::<$item, F>(slices(items), PhantomData), w, keep)
            }

            #[inline]
            fn get(r: &mut Reader<'a, '_>, keep: usize) -> Result<$type, Fault> {
                <Self as Format<'a, Vec<$item>>>::get(r, keep).map($make)
            }
        }

        $(#[$attr])*
        impl<'a, $($generics)*, E, F, K> Counted<'a, $type> for Seq<ByLen, E, F, K>
        where
            E: Extent,
            F: Format<'a, $item>,
        {
            #[inline]
            fn units<S: Sink>(items: &$type, w: &S) -> Result<u64, Fault> {
                let slices: for<'v> fn(&'v $type) -> (&'v [$item], &'v [$item]) = $slices;
                let len = measure(&Slices::<$item, F>(slices(items), PhantomData), w)?;
                units_of::<E, S>(len, w)
            }

            #[inline]
            fn get_run(r: &mut Reader<'a, '_>, units: u64, keep: usize) -> Result<$type, Fault> {
                <Self as Counted<'a, Vec<$item>>>::get_run(r, units, keep).map($make)
            }
        }
    };
}

list!([T] VecDeque<T>, T, VecDeque::as_slices, VecDeque::from);
list!([T] Box<[T]>, T, |items| (items, &[]), Vec::into_boxed_slice);
list!(#[cfg(feature = "smallvec")] [A: Array] SmallVec<A>, A::Item, |items| (items, &[]),
    SmallVec::from_vec);

impl<'a, T, W, E, F, K> Format<'a, BTreeSet<T>> for Seq<W, E, F, K>
where
    W: CountsItems,
    E: Extent,
    F: Format<'a, T>,
    T: Ord,
{
    type Value = BTreeSet<T>;
    type Word = W;

    const MIN: usize =
        if E::LEAST == 0 { E::PREFIX_MIN } else { E::PREFIX_MIN + E::LEAST * min_of::<T, F>() };
    const BOUNDS: Bounds =
        bounds::<E>(F::BOUNDS, node_size::<T, ()>() + entry_size::<T, ()>(), F::MIN);

    #[inline]
    fn put<S: Sink>(set: &BTreeSet<T>, w: &mut S, keep: usize) -> Result<(), Fault> {
        put_units::<E, S>(set.len(), w)?;
        put_each::<T, F, S>(set.iter(), w)?;
        w.need(keep)
    }

    #[inline]
    fn get(r: &mut Reader<'a, '_>, keep: usize) -> Result<BTreeSet<T>, Fault> {
        const { refuse_empty(F::MIN) }
        let count = if E::TO_END { None } else { Some(get_units::<E>(r, keep)?) };
        get_set::<T, E, F>(r, count, keep)
    }
}

impl<'a, T, W, E, F, K> Counted<'a, BTreeSet<T>> for Seq<W, E, F, K>
where
    W: CountsItems,
    E: Extent,
    F: Format<'a, T>,
    T: Ord,
{
    #[inline(always)]
    fn units<S: Sink>(set: &BTreeSet<T>, w: &S) -> Result<u64, Fault> {
        units_of::<E, S>(set.len(), w)
    }

    #[inline]
    fn get_run(r: &mut Reader<'a, '_>, units: u64, keep: usize) -> Result<BTreeSet<T>, Fault> {
        const { refuse_empty(F::MIN) }
        let count = told_units::<E>(r, units)?;
        get_set::<T, E, F>(r, Some(count), keep)
    }
}

impl<'a, T: Ord, E: Extent, F: Format<'a, T>, K> Format<'a, BTreeSet<T>> for Seq<ByLen, E, F, K> {
    type Value = BTreeSet<T>;
    type Word = ByLen;

    const MIN: usize = E::PREFIX_MIN + E::LEAST;
    const BOUNDS: Bounds = bounds_of_map::<T, (), E, Own<E::Order>, F>();

    #[inline]
    fn put<S: Sink>(set: &BTreeSet<T>, w: &mut S, keep: usize) -> Result<(), Fault> {
        put_group::<E, S>(&Members::<T, F>(set, PhantomData), w, keep)
    }

    #[inline]
    fn get(r: &mut Reader<'a, '_>, keep: usize) -> Result<BTreeSet<T>, Fault> {
        const { refuse_empty(F::MIN) }
        let len = get_units::<E>(r, keep)?;
        get_set::<T, Rest<E::Order>, F>(&mut group::<E>(r, len, keep)?, None, 0)
    }
}

impl<'a, T: Ord, E: Extent, F: Format<'a, T>, K> Counted<'a, BTreeSet<T>> for Seq<ByLen, E, F, K> {
    #[inline]
    fn units<S: Sink>(set: &BTreeSet<T>, w: &S) -> Result<u64, Fault> {
        let len = measure(&Members::<T, F>(set, PhantomData), w)?;
        units_of::<E, S>(len, w)
    }

    #[inline]
    fn get_run(r: &mut Reader<'a, '_>, units: u64, keep: usize) -> Result<BTreeSet<T>, Fault> {
        const { refuse_empty(F::MIN) }
        let len = told_units::<E>(r, units)?;
        get_set::<T, Rest<E::Order>, F>(&mut group::<E>(r, len, keep)?, None, 0)
    }
}

/// Reads a set as the keys of a map to nothing.
#[inline]
fn get_set<'a, T: Ord, E: Extent, F: Format<'a, T>>(
    r: &mut Reader<'a, '_>,
    count: Option<usize>,
    keep: usize,
) -> Result<BTreeSet<T>, Fault> {
    let entries = get_ascending::<T, (), E, Own<E::Order>, F>(r, count, keep)?;
    Ok(entries.into_iter().map(|(item, ())| item).collect())
}
