//! From a value to bytes: what users call.

#[cfg(feature = "alloc")]
use alloc::vec::Vec;

use crate::path::Path;
use crate::sink::{Count, SliceSink};
use crate::trail::Trail;
use crate::{Fault, PackError, PackErrorKind, Sink};

/// A whole value that can be packed: a message with its number, a protocol's enum, or a part alone.
///
/// Implemented by the derives.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be packed",
    label = "derive `Message`, `Wire` or `Protocol` for it"
)]
pub trait Pack {
    /// Its name in errors.
    const NAME: &'static str;
    /// The fewest bytes it takes, its number included.
    const MIN_LEN: usize;
    /// The most bytes it takes, its number included; `None` if there is no bound.
    const MAX_LEN: Option<usize>;

    #[doc(hidden)]
    fn put_whole<W: Sink>(&self, w: &mut W) -> Result<(), Fault>;

    /// Packs the value into a new vector.
    ///
    /// # Errors
    /// If the value breaks a rule of its layout: packing refuses what unpacking would refuse.
    #[cfg(feature = "alloc")]
    #[inline]
    fn pack(&self) -> Result<Vec<u8>, PackError> {
        let mut bytes = Vec::new();
        self.pack_into(&mut bytes)?;
        Ok(bytes)
    }

    /// Packs the value to the end of `bytes`; after an error they are as before.
    ///
    /// # Errors
    /// As for [`pack`](Pack::pack).
    #[cfg(feature = "alloc")]
    #[inline(always)]
    fn pack_into(&self, bytes: &mut Vec<u8>) -> Result<(), PackError> {
        let len = bytes.len();
        let mut sink = crate::raw::VecSink::new(bytes);
        let result = self.put_whole(&mut sink);
        sink.finish();
        match result {
            Ok(()) => Ok(()),
            Err(_) => {
                bytes.truncate(len);
                Err(explain(self))
            }
        }
    }

    /// Packs the value to the start of `buffer` and returns how many bytes it takes.
    ///
    /// # Errors
    /// As for [`pack`](Pack::pack), or if the buffer is too small; its contents are then undefined
    /// but initialised.
    #[inline(always)]
    fn pack_slice(&self, buffer: &mut [u8]) -> Result<usize, PackError> {
        let available = buffer.len();
        let mut sink = SliceSink::new(buffer);
        match self.put_whole(&mut sink) {
            Ok(()) => Ok(available - sink.left()),
            Err(_) => Err(explain_slice(self, available)),
        }
    }

    /// How many bytes [`pack`](Pack::pack) makes.
    ///
    /// # Errors
    /// As for [`pack`](Pack::pack).
    #[inline]
    fn packed_len(&self) -> Result<usize, PackError> {
        let mut count = Count::default();
        match self.put_whole(&mut count) {
            Ok(()) => Ok(count.len()),
            Err(_) => Err(explain(self)),
        }
    }
}

/// Packs the value once more to find where the error is.
#[cold]
#[inline(never)]
fn explain<T: Pack + ?Sized>(value: &T) -> PackError {
    let trail = Trail::new();
    let kind = match value.put_whole(&mut Count::with_trail(&trail)) {
        Ok(()) => PackErrorKind::NotRepeatable,
        Err(_) => trail.what().map_or(PackErrorKind::NotRepeatable, |(kind, _)| kind),
    };
    PackError { kind, path: trail.read_steps(|steps| Path::from_inside(steps)) }
}

/// The same where the slice may be too small.
#[cold]
#[inline(never)]
fn explain_slice<T: Pack + ?Sized>(value: &T, available: usize) -> PackError {
    let error = explain(value);
    if error.kind != PackErrorKind::NotRepeatable {
        return error;
    }
    let mut count = Count::default();
    match value.put_whole(&mut count) {
        Ok(()) if count.len() > available => {
            let kind = PackErrorKind::BufferTooSmall { needed: count.len(), available };
            let name = crate::trail::Step::Field(T::NAME);
            PackError { kind, path: Path::from_inside(&[name]) }
        }
        _ => error,
    }
}
