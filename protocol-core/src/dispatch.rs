//! How the derive of a protocol names the types in its variants, so that a wrong one is one error.
//!
//! Neither trait says anything about bytes.

use crate::{Fault, Protocol, Reader, Sink};

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
