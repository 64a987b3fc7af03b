//! The warnings of `#[wire(warn(growth))]`: fields that no later version of a message can extend.
//!
//! A derive cannot warn on stable Rust. What it can do is to name something that is deprecated, at the
//! place in question: which of three methods a call finds depends on the type of the field.

#[cfg(feature = "alloc")]
use alloc::{boxed::Box, collections::BTreeMap, collections::VecDeque, vec::Vec};
use core::marker::PhantomData;

#[cfg(feature = "alloc")]
use crate::choice::Choice;
#[cfg(feature = "alloc")]
use crate::format::Derived;

/// A field of the type `T`.
#[derive(Debug)]
pub struct Growth<T>(PhantomData<T>);

impl<T> Growth<T> {
    /// The field.
    pub const OF_FIELD: Growth<T> = Growth(PhantomData);
}

/// Nothing can ever stand behind a field that takes all remaining bytes.
#[deprecated(
    note = "this field takes all remaining bytes, so no later version can add a field behind it; give it \
            a length, `len = u16`"
)]
pub const CANNOT_GROW: () = ();

/// A list of enums: a new variant is a new tag, and `len = u16` on the enum lets others pass it over.
pub trait ListOfEnums {
    /// Warns of nothing.
    fn growth(&self) {}
}

/// A list of structs that say nowhere how long each of them is.
pub trait ListOfStructs {
    /// Warns.
    #[deprecated(
        note = "nothing says where an element of this list ends, so no later version can add a field to it; \
                write `item(len = u16)`"
    )]
    fn growth(&self) {}
}

/// Any other field.
pub trait AnyField {
    /// Warns of nothing.
    fn growth(&self) {}
}

impl<T> AnyField for Growth<T> {}

#[cfg(feature = "alloc")]
macro_rules! lists {
    ($([$($key:tt)*] $list:ty),*) => {$(
        impl<T: for<'a> Choice<'a>, $($key)*> ListOfEnums for &&Growth<$list> {}
        impl<T: for<'a> Derived<'a>, $($key)*> ListOfStructs for &Growth<$list> {}
    )*};
}

#[cfg(feature = "alloc")]
lists!([] Vec<T>, [] VecDeque<T>, [] Box<[T]>, [K] BTreeMap<K, T>);
