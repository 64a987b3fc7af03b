//! From a value to bytes: what users call.

#[cfg(feature = "alloc")]
use alloc::vec::Vec;

use crate::sink::{Count, State};
use crate::slice::SliceSink;
use crate::trail::Trail;
use crate::{Fault, PackError, Sink};

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
    /// The most bytes of heap that one byte on the wire can cost its reader, rounded up.
    const MEMORY_PER_BYTE: usize;
    /// The version of the layout that is packed and unpacked if nobody names one: the newest,
    /// [`u32::MAX`], unless a protocol says `version = 2`.
    const VERSION: u32 = u32::MAX;
    /// Whether its own bytes tell a reader where it ends.
    #[doc(hidden)]
    const TELLS_END: bool = false;

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
        append(self, bytes, Self::VERSION)
    }

    /// Packs the value as it was in `version` of its layout: without what came later, and with what
    /// was removed since. [`pack`](Pack::pack) writes [`VERSION`](Pack::VERSION).
    ///
    /// # Errors
    /// As for [`pack`](Pack::pack).
    #[cfg(feature = "alloc")]
    #[inline]
    fn pack_version(&self, version: u32) -> Result<Vec<u8>, PackError> {
        let mut bytes = Vec::new();
        append(self, &mut bytes, version)?;
        Ok(bytes)
    }

    /// Packs the value to the end of `bytes` as [`pack_version`](Pack::pack_version) does.
    #[doc(hidden)]
    #[cfg(feature = "alloc")]
    #[inline(always)]
    fn pack_version_into(&self, bytes: &mut Vec<u8>, version: u32) -> Result<(), PackError> {
        append(self, bytes, version)
    }

    /// Packs the value to the start of `buffer` and returns how many bytes it takes.
    ///
    /// # Errors
    /// As for [`pack`](Pack::pack), or if the buffer is too small; its contents are then undefined
    /// but initialised.
    #[inline(always)]
    fn pack_slice(&self, buffer: &mut [u8]) -> Result<usize, PackError> {
        let available = buffer.len();
        let mut sink = SliceSink::of(buffer, Self::VERSION);
        match self.put_whole(&mut sink) {
            Ok(()) => Ok(sink.position()),
            Err(_) => Err(locate_in_slice(self, available)),
        }
    }

    /// How many bytes [`pack`](Pack::pack) makes.
    ///
    /// # Errors
    /// As for [`pack`](Pack::pack).
    #[inline]
    fn packed_len(&self) -> Result<usize, PackError> {
        let mut count = Count::new(0, State::of(Self::VERSION));
        match self.put_whole(&mut count) {
            Ok(()) => Ok(count.position()),
            Err(_) => Err(locate(self, Self::VERSION)),
        }
    }
}

/// Packs the value to the end of `bytes`; after an error they are as before.
#[cfg(feature = "alloc")]
#[inline(always)]
fn append<T: Pack + ?Sized>(value: &T, bytes: &mut Vec<u8>, version: u32) -> Result<(), PackError> {
    let len = bytes.len();
    let mut sink = crate::raw::VecSink::new(bytes, version);
    let result = value.put_whole(&mut sink);
    sink.finish();
    match result {
        Ok(()) => Ok(()),
        Err(_) => {
            bytes.truncate(len);
            Err(locate(value, version))
        }
    }
}

/// Packs the value once more to find where the error is.
#[cold]
#[inline(never)]
fn locate<T: Pack + ?Sized>(value: &T, version: u32) -> PackError {
    let trail = Trail::new();
    match value.put_whole(&mut Count::with_trail(&trail, version)) {
        Ok(()) => PackError::from_trail(&Trail::new()),
        Err(_) => PackError::from_trail(&trail),
    }
}

/// The same where the slice may be too small.
#[cold]
#[inline(never)]
fn locate_in_slice<T: Pack + ?Sized>(value: &T, available: usize) -> PackError {
    let trail = Trail::new();
    let mut count = Count::with_trail(&trail, T::VERSION);
    match value.put_whole(&mut count) {
        Ok(()) => PackError::buffer_too_small(T::NAME, count.position(), available),
        Err(_) => PackError::from_trail(&trail),
    }
}

#[cfg(feature = "alloc")]
impl<T: Pack> Pack for alloc::boxed::Box<T> {
    const NAME: &'static str = T::NAME;
    const MIN_LEN: usize = T::MIN_LEN;
    const MAX_LEN: Option<usize> = T::MAX_LEN;
    const MEMORY_PER_BYTE: usize = size_of::<T>()
        .div_ceil(if T::MIN_LEN == 0 { 1 } else { T::MIN_LEN })
        .saturating_add(T::MEMORY_PER_BYTE);
    const VERSION: u32 = T::VERSION;
    const TELLS_END: bool = T::TELLS_END;

    #[inline(always)]
    fn put_whole<W: Sink>(&self, w: &mut W) -> Result<(), Fault> {
        T::put_whole(self, w)
    }
}
