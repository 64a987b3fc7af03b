//! How the derives name types that may be wrong, so that a wrong one is one error.
//!
//! None of these traits says anything new about bytes.

use crate::format::Format;
use crate::{Bounds, Fault, Protocol, Reader, Sink};

/// The type `T` itself, by way of another type.
///
/// The derive writes `<<Login as Message>::Id as Same<Login>>::Type` for `Login`. What is no message
/// has no `Id`; the compiler says so, and then asks nothing more of the type that it could not find.
pub trait Same<T> {
    /// `T`.
    type Type;
}

impl<I, T> Same<T> for I {
    type Type = T;
}

/// A format together with the type that it was chosen for.
///
/// A format names an order of bytes, and the constants of a type know none. So constants go through
/// this trait with some order, and functions name the field's type as its `Value`: where the format
/// does not fit the type there is no `Value`, and the functions add nothing to the error.
pub trait Chosen<'a, T> {
    /// `T`.
    type Value;
    /// The fewest bytes a value takes.
    const MIN: usize;
    /// The most bytes a value takes, and the memory it may cost.
    const BOUNDS: Bounds;
}

impl<'a, T, F: Format<'a, T>> Chosen<'a, T> for F {
    type Value = T;
    const MIN: usize = F::MIN;
    const BOUNDS: Bounds = F::BOUNDS;
}

/// What the variant for unknown messages may hold.
#[diagnostic::on_unimplemented(
    message = "the catch-all holds `Unknown` (id and bytes), not `{Self}`",
    label = "write `Unknown`"
)]
pub trait Keeps: Sized {
    /// Packs the message; the protocol must not know its number.
    ///
    /// # Errors
    /// If the protocol knows the number, or it does not fit the id.
    fn put<P: Protocol, W: Sink>(&self, w: &mut W) -> Result<(), Fault>;

    /// Keeps what follows the number `id`.
    ///
    /// # Errors
    /// If the memory budget does not suffice.
    fn get(r: &mut Reader<'_, '_>, id: u64) -> Result<Self, Fault>;
}

#[cfg(feature = "alloc")]
impl Keeps for crate::Unknown {
    #[inline]
    fn put<P: Protocol, W: Sink>(&self, w: &mut W) -> Result<(), Fault> {
        crate::message::put_unknown::<P, W>(self, w)
    }

    #[inline]
    fn get(r: &mut Reader<'_, '_>, id: u64) -> Result<crate::Unknown, Fault> {
        crate::message::get_unknown(r, id)
    }
}
