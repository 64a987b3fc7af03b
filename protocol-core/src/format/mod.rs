//! Formats: how a value stands on the wire when its type alone does not say.
//!
//! A format is a type without values, chosen by the words of `#[wire(...)]`. It never depends on how
//! the type of the field is spelled, so type aliases work.

mod bytes;
#[cfg(feature = "alloc")]
mod collection;
mod converted;
mod extent;
mod group;
#[cfg(feature = "arrayvec")]
mod inline;
mod inner;
mod list;
mod pad;
mod secret;
mod until;
#[cfg(feature = "alloc")]
mod until_items;

use core::marker::PhantomData;

pub use converted::Converted;
pub use extent::{Elsewhere, Exactly, Prefix, Rest, Width, Within};
pub(crate) use extent::{Extent, get_units};
pub use group::Derived;
pub(crate) use group::{Content, bounds as group_bounds, put_group};
pub(crate) use inner::{get_optional, put_optional};
pub use pad::PadTo;
pub(crate) use pad::Strip;
pub use secret::Secret;
pub use until::Until;

#[cfg(feature = "alloc")]
use alloc::vec::Vec;

use crate::fields::{GetFields, PutFields};
use crate::raw::Probe;
use crate::trail::Step;
use crate::{Bounds, Fault, Order, Reader, Sink, Wire};

/// A layout for values of type `T` other than their own: what the words of a field select.
///
/// Sealed in practice: the derive chooses formats, and the constants are hints as in [`Wire`].
#[diagnostic::on_unimplemented(
    message = "`{T}` has no such layout on the wire",
    label = "`{T}` has no layout that this word chooses",
    note = "`len` is for text, bytes, lists, maps and parts, `count` for lists and maps, `rest`, `min` \
            and `max` for all of them but parts, `item` for lists, maps, `Option` and arrays, `key` for maps",
    note = "a `HashMap` and a `HashSet` have no order, so no layout at all: write `BTreeMap` or `BTreeSet`"
)]
pub trait Format<'a, T> {
    /// `T`, for those who may ask only where the format fits: the derive names a field's type so in
    /// functions, which then add nothing to the error of the constants.
    #[doc(hidden)]
    type Value;

    /// The word that chose the format, for those who may ask only where it fits: the derive names it so in
    /// functions. Where the format does not fit, nothing is known of it, so that the compiler has nothing
    /// to add to the error of the constants.
    #[doc(hidden)]
    type Word;

    /// Whether the word `item` says something about the value.
    #[doc(hidden)]
    const ITEMS: bool = true;

    /// Whether the word `key` says something about the value.
    #[doc(hidden)]
    const KEYS: bool = false;

    /// The fewest bytes a value takes.
    const MIN: usize;

    /// The most bytes a value takes, and the memory it may cost.
    const BOUNDS: Bounds;

    /// Writes the value; `keep` more bytes are known to follow it.
    ///
    /// # Errors
    /// A [`Fault`] if the value breaks a rule of the format, or the sink is full.
    fn put<W: Sink>(value: &T, w: &mut W, keep: usize) -> Result<(), Fault>;

    /// Reads a value; at least `keep` more bytes must follow it.
    ///
    /// # Errors
    /// A [`Fault`] if the bytes are no such value, or end too early.
    fn get(r: &mut Reader<'a, '_>, keep: usize) -> Result<T, Fault>;

    /// Lends each number of the value, as [`Wire::lanes`] does.
    #[doc(hidden)]
    #[inline(always)]
    fn lanes<'s>(_value: &'s T, probe: &mut Probe<'s>) {
        probe.refuse();
    }

    /// Writes many values one after the other.
    #[doc(hidden)]
    #[inline]
    fn put_all<W: Sink>(items: &[T], w: &mut W, keep: usize) -> Result<(), Fault> {
        w.locally(|w| {
            for (index, item) in items.iter().enumerate() {
                Self::put(item, w, 0).map_err(|fault| w.at(fault, Step::Index(index)))?;
            }
            w.need(keep)
        })
    }

    /// Reads `count` values that stand one after the other. The caller has made sure that there
    /// are bytes for them, and has charged the memory.
    #[cfg(feature = "alloc")]
    #[doc(hidden)]
    #[inline]
    fn get_all<O: Order>(r: &mut Reader<'a, '_>, count: usize) -> Result<Vec<T>, Fault> {
        let mut items = Vec::with_capacity(count);
        r.locally(|r| {
            for index in 0..count {
                items.push(list::get_item::<T, Self, O>(r, index)?);
            }
            Ok(items)
        })
    }

    /// Writes the value as the field `name`.
    #[doc(hidden)]
    #[inline(always)]
    fn put_field<O: Order, W: Sink>(
        value: &T,
        fields: &mut PutFields<'_, O, W>,
        name: &'static str,
    ) -> Result<(), Fault> {
        let (w, keep) = fields.next(Self::MIN);
        Self::put(value, w, keep).map_err(|fault| w.at(fault, Step::Field(name)))
    }

    /// Reads the value of the field `name`.
    #[doc(hidden)]
    #[inline(always)]
    fn get_field<O: Order>(
        fields: &mut GetFields<'_, 'a, '_, O>,
        name: &'static str,
    ) -> Result<T, Fault> {
        let (r, keep) = fields.next(Self::MIN);
        if O::TRACED {
            return r.traced(Step::Field(name), |r| Self::get(r, keep));
        }
        Self::get(r, keep)
    }
}

/// The bounds of a field whose format has words about its items, or its keys, which have an effect if `says`.
#[must_use]
#[track_caller]
pub const fn bounds_of_inner(name: &str, word: &str, says: bool, bounds: Bounds) -> Bounds {
    if says { bounds } else { crate::report::no_inner(name, word) }
}

/// A format with a number of units, bytes or elements, that may stand away from the run itself.
///
/// With the extent [`Elsewhere`] the format writes the run alone; whoever chose that extent writes
/// the number where it stands, and reads the run by it.
#[diagnostic::on_unimplemented(
    message = "`{T}` has no such length",
    label = "`{T}` has no layout that this word chooses"
)]
pub trait Counted<'a, T>: Format<'a, T> {
    /// How many units `value` has: within the limits.
    ///
    /// # Errors
    /// If they are not, or if the value cannot be packed.
    fn units<W: Sink>(value: &T, w: &W) -> Result<u64, Fault>;

    /// Reads a run of this many units, without a number in front.
    ///
    /// # Errors
    /// If that is outside the limits, or the bytes are no such value.
    fn get_run(r: &mut Reader<'a, '_>, units: u64, keep: usize) -> Result<T, Fault>;
}

/// The type's own format, its numbers in the order `O`.
#[derive(Debug)]
pub struct Own<O>(PhantomData<O>);

impl<'a, T: Wire<'a>, O: Order> Format<'a, T> for Own<O> {
    type Value = T;
    type Word = ();

    const MIN: usize = T::MIN;
    const BOUNDS: Bounds = T::BOUNDS;

    #[inline(always)]
    fn put<W: Sink>(value: &T, w: &mut W, keep: usize) -> Result<(), Fault> {
        value.put::<O, W>(w, keep)
    }

    #[inline(always)]
    fn get(r: &mut Reader<'a, '_>, keep: usize) -> Result<T, Fault> {
        T::get::<O>(r, keep)
    }

    #[inline(always)]
    fn lanes<'s>(value: &'s T, probe: &mut Probe<'s>) {
        value.lanes::<O>(probe);
    }

    #[inline(always)]
    fn put_all<W: Sink>(items: &[T], w: &mut W, keep: usize) -> Result<(), Fault> {
        T::put_all::<O, W>(items, w, keep)
    }

    #[cfg(feature = "alloc")]
    #[inline(always)]
    fn get_all<U: Order>(r: &mut Reader<'a, '_>, count: usize) -> Result<Vec<T>, Fault> {
        T::get_all::<O>(r, count)
    }
}

/// A run of bytes or elements: the word `W` that asked for it, the extent `E` that says how many
/// there are, the format `F` of each element, and the format `K` of each key if it is a map.
#[derive(Debug)]
pub struct Seq<W, E, F, K>(PhantomData<(W, E, F, K)>);

/// The word `len`: the extent counts bytes.
#[derive(Debug)]
pub enum ByLen {}

/// The word `count`: the extent counts elements.
#[derive(Debug)]
pub enum ByCount {}

/// The word `rest`: bytes or elements up to the end.
#[derive(Debug)]
pub enum ByRest {}

/// None of these words: the extent counts what the type has.
#[derive(Debug)]
pub enum Plain {}

/// A word, of which the extent `E`, the format `F` of elements and that of keys `K` are said.
///
/// The derive names the format of a field in functions by way of this: of a word that is not known,
/// because it does not fit the field, the compiler then knows no format and says no more.
pub trait Selects<E, F, K> {
    /// The format.
    type Format;
}

/// The word of the type's own format, in an order: the same as [`Selects`] for it.
pub trait Orders<O> {
    /// The format.
    type Format;
}

impl<O> Orders<O> for () {
    type Format = Own<O>;
}

/// A second one, so that of a word which is not known the compiler knows no format.
impl<O> Orders<O> for Plain {
    type Format = Own<O>;
}

macro_rules! selects {
    ($([$($generics:tt)*] $word:ty),*) => {$(
        impl<$($generics)* E, F, K> Selects<E, F, K> for $word {
            type Format = Seq<$word, E, F, K>;
        }
    )*};
}

selects!([] ByLen, [] ByCount, [] ByRest, [] Plain);
selects!([const END: u8,] Until<END>, [const WIDTH: usize,] PadTo<WIDTH>);

/// A word whose extent can count bytes of text.
#[diagnostic::on_unimplemented(
    message = "`count` counts elements, and text has none",
    label = "write `len` here"
)]
pub trait CountsText {}
impl CountsText for ByLen {}
impl CountsText for ByRest {}
impl CountsText for Plain {}

/// A word that can say where bytes end.
pub trait AnyBytes {}
impl<W: CountsBytes> AnyBytes for W {}

/// A word whose extent can count bytes, of those that have one.
pub trait CountsBytes {}
impl CountsBytes for ByLen {}
impl CountsBytes for ByCount {}
impl CountsBytes for ByRest {}
impl CountsBytes for Plain {}

/// A word whose extent counts elements.
#[cfg(any(feature = "alloc", feature = "arrayvec"))]
#[diagnostic::on_unimplemented(
    message = "`until` ends text, bytes and `Vec`, and no other collection",
    label = "write `len` or `count` here"
)]
pub trait CountsItems {}
#[cfg(any(feature = "alloc", feature = "arrayvec"))]
impl CountsItems for ByCount {}
#[cfg(any(feature = "alloc", feature = "arrayvec"))]
impl CountsItems for ByRest {}
#[cfg(any(feature = "alloc", feature = "arrayvec"))]
impl CountsItems for Plain {}

/// Any word but `len`.
#[cfg(feature = "alloc")]
pub trait NotLen {}
#[cfg(feature = "alloc")]
impl<W: CountsItems> NotLen for W {}

/// Where the byte first stands. In steps that the compiler makes vector operations of.
#[inline]
pub(crate) fn find(bytes: &[u8], wanted: u8) -> Option<usize> {
    const STEP: usize = 32;
    let has = |chunk: &[u8; STEP]| chunk.iter().fold(false, |has, byte| has | (*byte == wanted));
    let mut before = 0;
    let mut rest = bytes;
    while let Some((chunk, after)) = rest.split_first_chunk::<STEP>() {
        if has(chunk) {
            break;
        }
        before += STEP;
        rest = after;
    }
    rest.iter().position(|byte| *byte == wanted).map(|position| before + position)
}
