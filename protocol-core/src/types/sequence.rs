//! Text, bytes, lists, maps, options, arrays and boxes in their own formats: a `u32` in front of a
//! run, a flag in front of an option, nothing in front of an array or a box.

#[cfg(feature = "alloc")]
use alloc::{
    borrow::Cow,
    boxed::Box,
    collections::{BTreeMap, BTreeSet, VecDeque},
    string::String,
    vec::Vec,
};

#[cfg(feature = "arrayvec")]
use arrayvec::{ArrayString, ArrayVec};
#[cfg(feature = "alloc")]
use bytes::Bytes;
#[cfg(feature = "smallvec")]
use smallvec::{Array, SmallVec};

use crate::format::{Format, Own, Plain, Prefix, Seq, get_optional, put_optional};
use crate::raw::Probe;
use crate::{Big, Bounds, Fault, Order, Reader, Sink, Wire};

/// What a run looks like when nothing else is said.
type Default<O> = Seq<Plain, Prefix<u32, O>, Own<O>, Own<O>>;

macro_rules! run {
    ($(#[$attr:meta])* [$($generics:tt)*] $type:ty) => {
        $(#[$attr])*
        impl<'w $($generics)*> Wire<'w> for $type {
            const MIN: usize = <Default<Big> as Format<'w, $type>>::MIN;
            const BOUNDS: Bounds = <Default<Big> as Format<'w, $type>>::BOUNDS;

            #[inline(always)]
            fn put<O: Order, W: Sink>(&self, w: &mut W, keep: usize) -> Result<(), Fault> {
                <Default<O> as Format<'w, $type>>::put(self, w, keep)
            }

            #[inline(always)]
            fn get<O: Order>(r: &mut Reader<'w, '_>, keep: usize) -> Result<Self, Fault> {
                <Default<O> as Format<'w, $type>>::get(r, keep)
            }
        }
    };
}

run!([: 'a, 'a] &'a str);
run!([: 'a, 'a] &'a [u8]);
run!(#[cfg(feature = "alloc")] [] String);
run!(#[cfg(feature = "alloc")] [] Box<str>);
run!(#[cfg(feature = "alloc")] [: 'a, 'a] Cow<'a, str>);
run!(#[cfg(feature = "alloc")] [: 'a, 'a] Cow<'a, [u8]>);
run!(#[cfg(feature = "alloc")] [] Bytes);
run!(#[cfg(feature = "alloc")] [, T: Wire<'w>] Vec<T>);
run!(#[cfg(feature = "alloc")] [, T: Wire<'w>] VecDeque<T>);
run!(#[cfg(feature = "alloc")] [, T: Wire<'w>] Box<[T]>);
run!(#[cfg(feature = "alloc")] [, T: Wire<'w> + Ord] BTreeSet<T>);
run!(#[cfg(feature = "smallvec")] [, A: Array<Item: Wire<'w>>] SmallVec<A>);
run!(#[cfg(feature = "arrayvec")] [, T: Wire<'w>, const CAP: usize] ArrayVec<T, CAP>);
run!(#[cfg(feature = "arrayvec")] [, const CAP: usize] ArrayString<CAP>);
run!(#[cfg(feature = "alloc")] [, K: Wire<'w> + Ord, V: Wire<'w>] BTreeMap<K, V>);

impl<'a, T: Wire<'a>> Wire<'a> for Option<T> {
    const MIN: usize = 1;
    const BOUNDS: Bounds = Bounds::at_most(1, 0).then(T::BOUNDS);

    #[inline(always)]
    fn put<O: Order, W: Sink>(&self, w: &mut W, keep: usize) -> Result<(), Fault> {
        put_optional::<T, Own<O>, W>(self, w, keep)
    }

    #[inline(always)]
    fn get<O: Order>(r: &mut Reader<'a, '_>, keep: usize) -> Result<Self, Fault> {
        get_optional::<T, Own<O>, O>(r, keep)
    }
}

#[cfg(feature = "alloc")]
impl<'a, T: Wire<'a>> Wire<'a> for Box<T> {
    const MIN: usize = T::MIN;
    const BOUNDS: Bounds = T::BOUNDS.on_heap(size_of::<T>(), T::MIN);

    #[inline]
    fn put<O: Order, W: Sink>(&self, w: &mut W, keep: usize) -> Result<(), Fault> {
        T::put::<O, W>(self, w, keep)
    }

    #[inline]
    fn get<O: Order>(r: &mut Reader<'a, '_>, keep: usize) -> Result<Self, Fault> {
        r.charge(1, size_of::<T>())?;
        Ok(Box::new(T::get::<O>(r, keep)?))
    }
}

impl<'a, T: Wire<'a>, const LEN: usize> Wire<'a> for [T; LEN] {
    const MIN: usize = LEN * T::MIN;
    const BOUNDS: Bounds = T::BOUNDS.times(LEN);

    #[inline]
    fn put<O: Order, W: Sink>(&self, w: &mut W, keep: usize) -> Result<(), Fault> {
        T::put_all::<O, W>(self, w, keep)
    }

    #[inline(always)]
    fn lanes<'s, O: Order>(&'s self, probe: &mut Probe<'s>) {
        self.iter().for_each(|item| item.lanes::<O>(probe));
    }

    #[inline(always)]
    fn get<O: Order>(r: &mut Reader<'a, '_>, keep: usize) -> Result<Self, Fault> {
        T::get_array::<O, LEN>(r, keep)
    }
}
