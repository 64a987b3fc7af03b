//! From bytes to a value: what users call.

use crate::context::Context;
use crate::path::{Excerpt, Path};
use crate::order::Traced;
use crate::trail::Trail;
use crate::{Big, Fault, Limits, Order, Pack, Reader, UnpackError, UnpackErrorKind};

/// A whole value that can be unpacked: a message with its number, a protocol's enum, or a part
/// alone. `'a` is the lifetime of the bytes, from which a value with borrowed fields borrows.
///
/// Implemented by the derives.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be unpacked",
    label = "derive `Message`, `Wire` or `Protocol` for it"
)]
pub trait Unpack<'a>: Pack + Sized {
    /// Reads all that is left, to the last byte.
    #[doc(hidden)]
    fn get_whole<O: Order>(r: &mut Reader<'a, '_>) -> Result<Self, Fault>;

    /// Unpacks a value from exactly these bytes, within the default [`Limits`].
    ///
    /// # Errors
    /// If the bytes are not exactly one such value. No bytes whatever make it panic, or reserve
    /// more memory than the bytes and the limits justify.
    #[inline(always)]
    fn unpack(bytes: &'a [u8]) -> Result<Self, UnpackError> {
        Self::unpack_within(bytes, &Limits::DEFAULT)
    }

    /// Unpacks a value from exactly these bytes, within `limits`.
    ///
    /// # Errors
    /// As for [`unpack`](Unpack::unpack).
    #[inline(always)]
    fn unpack_within(bytes: &'a [u8], limits: &Limits) -> Result<Self, UnpackError> {
        // What is of one length has no list to charge and no depth to count.
        let result = if Self::MAX_LEN == Some(Self::MIN_LEN) {
            if bytes.len() != Self::MIN_LEN {
                return Err(explain::<Self>(bytes, limits));
            }
            Self::get_whole::<Big>(&mut Reader::new(bytes))
        } else {
            let context = Context::new(bytes, limits);
            Self::get_whole::<Big>(&mut Reader::within(bytes, &context))
        };
        match result {
            Ok(value) => Ok(value),
            Err(_) => Err(explain::<Self>(bytes, limits)),
        }
    }
}

/// Unpacks once more to find where the error is.
#[cold]
#[inline(never)]
fn explain<'a, T: Unpack<'a>>(bytes: &'a [u8], limits: &Limits) -> UnpackError {
    let trail = Trail::new();
    let context = Context::new(bytes, limits).with_trail(&trail);
    let result = T::get_whole::<Traced<Big>>(&mut Reader::within(bytes, &context));
    let found = if result.is_err() { trail.what() } else { None };
    let (kind, offset) = found.unwrap_or((UnpackErrorKind::NotRepeatable, 0));
    let path = trail.read_steps(|steps| Path::from_inside(steps));
    UnpackError::new(kind, offset, path, Excerpt::of(bytes, offset))
}
