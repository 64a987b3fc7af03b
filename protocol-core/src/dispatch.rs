//! How the derives name types that may be wrong, so that a wrong one is one error.
//!
//! None of these traits says anything new about bytes.

use crate::{Fault, Protocol, Reader, Sink};

/// The type `T` itself, by way of another type.
///
/// The derive writes `<<Login as Message>::Id as Same<Login>>::Type` for `Login`. What is no message
/// has no `Id`; the compiler says so, and then asks nothing more of the type that it could not find.
pub trait Same<T> {
    /// `T`.
    type Type;
}

// Not for every type: one that could not be found must not have it.
macro_rules! same {
    ($($id:ty),*) => {$(
        impl<T> Same<T> for $id {
            type Type = T;
        }
    )*};
}

same!(u8, u16, u32);

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
