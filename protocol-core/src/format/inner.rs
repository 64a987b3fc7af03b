//! What holds one value or a fixed number of them: options, arrays and boxes.

#[cfg(feature = "alloc")]
use alloc::{boxed::Box, collections::BTreeMap, string::String, vec::Vec};

use super::extent::Prefix;
use super::list::get_item;
#[cfg(feature = "alloc")]
use super::{ByLen, Counted, NotLen};
use super::{Format, Plain, Seq};
use crate::{Bounds, Fault, Order, Reader, Sink, Wire};

/// Writes the flag and, where there is one, the value.
#[inline(always)]
pub(crate) fn put_optional<'a, T, F: Format<'a, T>, W: Sink>(
    value: &Option<T>,
    w: &mut W,
    keep: usize,
) -> Result<(), Fault> {
    match value {
        None => w.put([0]),
        Some(value) => {
            w.put([1])?;
            F::put(value, w, keep)
        }
    }
}

/// Reads the flag and, where it is 1, the value.
#[inline(always)]
pub(crate) fn get_optional<'a, T, F: Format<'a, T>, O: Order>(
    r: &mut Reader<'a, '_>,
    keep: usize,
) -> Result<Option<T>, Fault> {
    let is_some = bool::get::<O>(r, keep)?;
    if O::TRACED {
        r.show(&format_args!("{}", if is_some { "Some" } else { "None" }));
    }
    Ok(if is_some { Some(F::get(r, keep)?) } else { None })
}

impl<'a, T, O: Order, N, F: Format<'a, T>, K> Format<'a, Option<T>>
    for Seq<Plain, Prefix<N, O>, F, K>
{
    type Value = Option<T>;
    type Word = Plain;

    const MIN: usize = 1;
    const BOUNDS: Bounds = Bounds::at_most(1, 0).then(F::BOUNDS);

    #[inline(always)]
    fn put<S: Sink>(value: &Option<T>, w: &mut S, keep: usize) -> Result<(), Fault> {
        put_optional::<T, F, S>(value, w, keep)
    }

    #[inline(always)]
    fn get(r: &mut Reader<'a, '_>, keep: usize) -> Result<Option<T>, Fault> {
        get_optional::<T, F, O>(r, keep)
    }
}

impl<'a, T, O: Order, N, F: Format<'a, T>, K, const LEN: usize> Format<'a, [T; LEN]>
    for Seq<Plain, Prefix<N, O>, F, K>
{
    type Value = [T; LEN];
    type Word = Plain;

    const MIN: usize = LEN * F::MIN;
    const BOUNDS: Bounds = F::BOUNDS.times(LEN);

    #[inline]
    fn put<S: Sink>(items: &[T; LEN], w: &mut S, keep: usize) -> Result<(), Fault> {
        F::put_all(items, w, keep)
    }

    #[inline]
    fn get(r: &mut Reader<'a, '_>, _keep: usize) -> Result<[T; LEN], Fault> {
        crate::wire::array_of(|index| get_item::<T, F, O>(r, index))
    }
}

/// A box holds its value where the value's format would put it.
#[cfg(feature = "alloc")]
macro_rules! boxed {
    ([$($generics:tt)*] $word:ty, $inside:ty) => {
        impl<'a, E, F, K, $($generics)*> Format<'a, Box<$inside>> for Seq<$word, E, F, K>
        where
            Seq<$word, E, F, K>: Format<'a, $inside>,
        {
            type Value = Box<$inside>;
            type Word = $word;

            const ITEMS: bool = <Seq<$word, E, F, K> as Format<'a, $inside>>::ITEMS;
            const KEYS: bool = <Seq<$word, E, F, K> as Format<'a, $inside>>::KEYS;
            const MIN: usize = <Seq<$word, E, F, K> as Format<'a, $inside>>::MIN;
            const BOUNDS: Bounds = <Seq<$word, E, F, K> as Format<'a, $inside>>::BOUNDS
                .on_heap(size_of::<$inside>(), Self::MIN);

            #[inline(always)]
            fn put<S: Sink>(value: &Box<$inside>, w: &mut S, keep: usize) -> Result<(), Fault> {
                <Seq<$word, E, F, K> as Format<'a, $inside>>::put(value, w, keep)
            }

            #[inline(always)]
            fn get(r: &mut Reader<'a, '_>, keep: usize) -> Result<Box<$inside>, Fault> {
                r.charge(1, size_of::<$inside>())?;
                Ok(Box::new(<Seq<$word, E, F, K> as Format<'a, $inside>>::get(r, keep)?))
            }
        }

        impl<'a, E, F, K, $($generics)*> Counted<'a, Box<$inside>> for Seq<$word, E, F, K>
        where
            Seq<$word, E, F, K>: Counted<'a, $inside>,
        {
            #[inline(always)]
            fn units<S: Sink>(value: &Box<$inside>, w: &S) -> Result<u64, Fault> {
                <Seq<$word, E, F, K> as Counted<'a, $inside>>::units(value, w)
            }

            #[inline(always)]
            fn get_run(
                r: &mut Reader<'a, '_>,
                units: u64,
                keep: usize,
            ) -> Result<Box<$inside>, Fault> {
                r.charge(1, size_of::<$inside>())?;
                let run = <Seq<$word, E, F, K> as Counted<'a, $inside>>::get_run(r, units, keep)?;
                Ok(Box::new(run))
            }
        }
    };
}

#[cfg(feature = "alloc")]
boxed!([W: NotLen, T] W, T);
// A box of a part is a part, so for `len` the other ones are named.
#[cfg(feature = "alloc")]
boxed!([] ByLen, String);
#[cfg(feature = "alloc")]
boxed!([T] ByLen, Vec<T>);
#[cfg(feature = "alloc")]
boxed!([Q, T] ByLen, BTreeMap<Q, T>);
