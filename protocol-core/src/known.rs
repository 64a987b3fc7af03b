//! What the derives ask of the type of a field besides its layout, in a form in which a wrong type is one
//! error.
//!
//! A trait of its own has a text of its own; what is only looked at has a second answer for types without
//! it, and a constant says so where the layout is known.

use core::marker::PhantomData;

use crate::bounds::Bounds;
use crate::{Number, report};

/// A type that relations compute.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a whole number",
    label = "an integer, `bool`, `NonZero` or a number type of `protocol_core` belongs here",
    note = "what fields say of each other is computed in whole numbers"
)]
pub trait Whole {
    /// The type itself.
    type Itself;
}

#[diagnostic::do_not_recommend]
impl<T: Number> Whole for T {
    type Itself = T;
}

/// A type of which there is a value where none is on the wire.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no default, and this field is not always on the wire",
    label = "derive `Default` for it, or write `default = ...` beside `skip`, `since` or `removed`"
)]
pub trait Unsent: Sized {
    /// That value.
    fn unsent() -> Self;
}

#[diagnostic::do_not_recommend]
impl<T: Default> Unsent for T {
    #[inline(always)]
    fn unsent() -> T {
        T::default()
    }
}

/// A type whose default can be `reserved`: written, and the only thing that is read.
///
/// Of a type that has none, or no `==`, [`NoBlank`] answers.
#[derive(Debug)]
pub struct Blank<T>(PhantomData<T>);

impl<T: Default + PartialEq> Blank<T> {
    /// Whether there is one.
    pub const EXISTS: bool = true;

    /// The default.
    #[must_use]
    #[inline(always)]
    pub fn value() -> T {
        T::default()
    }

    /// Whether a value is the default.
    #[inline(always)]
    pub fn is(value: &T) -> bool {
        *value == T::default()
    }
}

/// The answers where nothing can be `reserved`.
pub trait NoBlank<T> {
    /// Whether there is one.
    const EXISTS: bool;

    /// Never called: the constant does not compile.
    fn value() -> T;

    /// Never called: the constant does not compile.
    fn is(value: &T) -> bool;
}

impl<T> NoBlank<T> for Blank<T> {
    const EXISTS: bool = false;

    fn value() -> T {
        report::never()
    }

    fn is(_: &T) -> bool {
        report::never()
    }
}

/// The bounds of a field with `reserved`.
#[must_use]
#[track_caller]
pub const fn blank_bounds(name: &str, exists: bool, bounds: Bounds) -> Bounds {
    if exists { bounds } else { report::no_blank(name) }
}
