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

use crate::format::{
    Elsewhere, Format, Own, Plain, Prefix, Seq, Strip, get_optional, put_optional,
};
use crate::raw::Probe;
use crate::{Big, Bounds, Fault, Order, Reader, Sink, Wire};

/// What a run looks like when nothing else is said.
type Default<O> = Seq<Plain, Prefix<u32, O>, Own<O>, Own<O>>;

/// The same in a field of `WIDTH` bytes.
type Padded<O, const WIDTH: usize> = Seq<Strip<WIDTH>, Elsewhere<O>, Own<O>, Own<O>>;

/// Bytes and text lose the zeros of a field that is filled up with them.
macro_rules! strips {
    ($type:ty) => {
        const MIN_PADDED: usize = 0;

        #[inline]
        fn put_padded<O: Order, W: Sink, const WIDTH: usize>(
            &self,
            w: &mut W,
        ) -> Result<(), Fault> {
            <Padded<O, WIDTH> as Format<'w, $type>>::put(self, w, 0)
        }

        #[inline]
        fn get_padded<O: Order, const WIDTH: usize>(r: &mut Reader<'w, '_>) -> Result<Self, Fault> {
            <Padded<O, WIDTH> as Format<'w, $type>>::get(r, 0)
        }
    };
}

/// A list does so if its elements are bytes.
#[cfg(feature = "alloc")]
macro_rules! strips_bytes {
    ($type:ty) => {
        const MIN_PADDED: usize = 0;

        #[inline]
        fn put_padded<O: Order, W: Sink, const WIDTH: usize>(
            &self,
            w: &mut W,
        ) -> Result<(), Fault> {
            if let Some(bytes) = T::plain_bytes(self) {
                return <Padded<O, WIDTH> as Format<'_, &[u8]>>::put(&bytes, w, 0);
            }
            let start = w.position();
            self.put::<O, W>(w, 0)?;
            let zeros = crate::sink::free(w.position().wrapping_sub(start), WIDTH, w)?;
            w.zeros(zeros)
        }

        #[inline]
        fn get_padded<O: Order, const WIDTH: usize>(r: &mut Reader<'w, '_>) -> Result<Self, Fault> {
            if T::plain_bytes(&[]).is_some() {
                let bytes = <Padded<O, WIDTH> as Format<'w, &'w [u8]>>::get(r, 0)?;
                r.charge(bytes.len(), 1)?;
                return T::get_all::<O>(&mut r.over(bytes), bytes.len());
            }
            let value = Self::get::<O>(r, 0)?;
            r.zeros(r.left())?;
            Ok(value)
        }
    };
}

/// Other types keep what follows them.
#[cfg(feature = "alloc")]
macro_rules! keeps {
    ($type:ty) => {};
}

macro_rules! run {
    ($(#[$attr:meta])* [$($generics:tt)*] $type:ty, $padded:ident) => {
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

            $padded!($type);
        }
    };
}

run!([: 'a, 'a] &'a str, strips);
run!([: 'a, 'a] &'a [u8], strips);
run!(#[cfg(feature = "alloc")] [] String, strips);
run!(#[cfg(feature = "alloc")] [] Box<str>, strips);
run!(#[cfg(feature = "alloc")] [: 'a, 'a] Cow<'a, str>, strips);
run!(#[cfg(feature = "alloc")] [: 'a, 'a] Cow<'a, [u8]>, strips);
run!(#[cfg(feature = "alloc")] [] Bytes, strips);
run!(#[cfg(feature = "alloc")] [, T: Wire<'w>] Vec<T>, strips_bytes);
run!(#[cfg(feature = "alloc")] [, T: Wire<'w>] VecDeque<T>, keeps);
run!(#[cfg(feature = "alloc")] [, T: Wire<'w>] Box<[T]>, keeps);
run!(#[cfg(feature = "alloc")] [, T: Wire<'w> + Ord] BTreeSet<T>, keeps);
run!(#[cfg(feature = "smallvec")] [, A: Array<Item: Wire<'w>>] SmallVec<A>, keeps);
run!(#[cfg(feature = "arrayvec")] [, T: Wire<'w>, const CAP: usize] ArrayVec<T, CAP>, keeps);
run!(#[cfg(feature = "arrayvec")] [, const CAP: usize] ArrayString<CAP>, keeps);
run!(#[cfg(feature = "alloc")] [, K: Wire<'w> + Ord, V: Wire<'w>] BTreeMap<K, V>, keeps);

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

    const MIN_PADDED: usize = T::MIN_PADDED;

    #[inline]
    fn put_padded<O: Order, W: Sink, const WIDTH: usize>(&self, w: &mut W) -> Result<(), Fault> {
        T::put_padded::<O, W, WIDTH>(self, w)
    }

    #[inline]
    fn get_padded<O: Order, const WIDTH: usize>(r: &mut Reader<'a, '_>) -> Result<Self, Fault> {
        r.charge(1, size_of::<T>())?;
        Ok(Box::new(T::get_padded::<O, WIDTH>(r)?))
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
