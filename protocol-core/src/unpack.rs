//! From bytes to a value: what users call.

use core::cell::Cell;

#[cfg(feature = "alloc")]
use crate::PackError;
use crate::context::Context;
use crate::order::Traced;
use crate::trail::Trail;
use crate::{Big, Fault, Limits, Order, Pack, Reader, UnpackError, UnpackErrorKind};

/// A whole value that can be unpacked: a message with its number, a protocol's enum, or a part
/// alone. `'a` is the lifetime of the bytes, from which a value with borrowed fields borrows.
///
/// Implemented by the derives.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be unpacked",
    label = "derive `Message`, `Wire` or `Protocol` for it",
    note = "a protocol with `duplicate_ids` is only sent"
)]
pub trait Unpack<'a>: Pack + Sized {
    /// Whether bytes that follow the value are passed over.
    #[doc(hidden)]
    const IGNORES_TRAILING: bool = false;

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
        let is_plain = Self::MAX_LEN == Some(Self::MIN_LEN) && Self::MEMORY_PER_BYTE == 0;
        if is_plain && !Self::IGNORES_TRAILING {
            // What is of one length and holds nothing has no memory to charge and no depth to count.
            if bytes.len() == Self::MIN_LEN {
                return match Self::get_whole::<Big>(&mut Reader::new(bytes)) {
                    Ok(value) => Ok(value),
                    Err(_) => Err(locate::<Self>(bytes, context_of::<Self>(bytes, limits))),
                };
            }
        } else {
            let context = context_of::<Self>(bytes, limits);
            if let Ok(value) = Self::get_whole::<Big>(&mut Reader::within(bytes, &context)) {
                return Ok(value);
            }
        }
        Err(locate::<Self>(bytes, context_of::<Self>(bytes, limits)))
    }

    /// Unpacks a value from the start of `bytes`, and tells how many of them it takes. What takes all
    /// that is left takes all of them.
    ///
    /// ```
    /// # #[cfg(feature = "derive")] {
    /// use protocol_core::{Unpack, Wire};
    ///
    /// #[derive(Wire, Debug, PartialEq)]
    /// struct Word<'a> { #[wire(len = u8)] text: &'a str }
    ///
    /// assert_eq!(Word::unpack_prefix(b"\x02hi\x05there")?, (Word { text: "hi" }, 3));
    /// # }
    /// # Ok::<(), protocol_core::UnpackError>(())
    /// ```
    ///
    /// # Errors
    /// If the bytes do not begin with such a value. If they end too early, the error says how many
    /// more it takes at least.
    #[inline]
    fn unpack_prefix(bytes: &'a [u8]) -> Result<(Self, usize), UnpackError> {
        let left_over = Cell::new(0);
        let context = || context_of::<Self>(bytes, &Limits::DEFAULT).with_left_over(&left_over);
        match Self::get_whole::<Big>(&mut Reader::within(bytes, &context())) {
            Ok(value) => Ok((value, bytes.len().saturating_sub(left_over.get()))),
            Err(_) => Err(locate::<Self>(bytes, context())),
        }
    }

    /// Unpacks a value that was packed in `version` of its layout: what came later is not in the
    /// bytes, and what was removed since is. [`unpack`](Unpack::unpack) reads [`VERSION`](Pack::VERSION).
    ///
    /// # Errors
    /// As for [`unpack`](Unpack::unpack).
    #[inline]
    fn unpack_version(bytes: &'a [u8], version: u32) -> Result<Self, UnpackError> {
        let context = || Context::new(bytes, &Limits::DEFAULT).with_version(version);
        match Self::get_whole::<Big>(&mut Reader::within(bytes, &context())) {
            Ok(value) => Ok(value),
            Err(_) => Err(locate::<Self>(bytes, context())),
        }
    }

    /// Unpacks a value of this version within `limits`.
    #[doc(hidden)]
    #[inline]
    fn unpack_version_within(
        bytes: &'a [u8],
        limits: &Limits,
        version: u32,
    ) -> Result<Self, UnpackError> {
        if version == Self::VERSION {
            return Self::unpack_within(bytes, limits);
        }
        let context = || Context::new(bytes, limits).with_version(version);
        match Self::get_whole::<Big>(&mut Reader::within(bytes, &context())) {
            Ok(value) => Ok(value),
            Err(_) => Err(locate::<Self>(bytes, context())),
        }
    }

    /// Unpacks a value whose `Bytes` fields share what was received instead of copying it.
    ///
    /// ```
    /// # #[cfg(feature = "derive")] {
    /// use bytes::Bytes;
    /// use protocol_core::{Message, Unpack};
    ///
    /// #[derive(Message)]
    /// #[msg_type = 4]
    /// struct Blob { #[wire(rest)] body: Bytes }
    ///
    /// let received = Bytes::from_static(b"\x04abc");
    /// let blob = Blob::unpack_bytes(&received)?;
    /// assert_eq!(blob.body.as_ptr(), received[1..].as_ptr());
    /// # }
    /// # Ok::<(), protocol_core::UnpackError>(())
    /// ```
    ///
    /// # Errors
    /// As for [`unpack`](Unpack::unpack).
    #[cfg(feature = "alloc")]
    #[inline]
    fn unpack_bytes(bytes: &'a bytes::Bytes) -> Result<Self, UnpackError> {
        let context = context_of::<Self>(bytes, &Limits::DEFAULT).with_shared(bytes);
        match Self::get_whole::<Big>(&mut Reader::within(bytes, &context)) {
            Ok(value) => Ok(value),
            Err(_) => {
                let context = context_of::<Self>(bytes, &Limits::DEFAULT).with_shared(bytes);
                Err(locate::<Self>(bytes, context))
            }
        }
    }
}

/// What a value of the type `T` is read within.
#[inline(always)]
fn context_of<'a, 'c, T: Pack>(bytes: &'a [u8], limits: &'c Limits) -> Context<'a, 'c> {
    Context::new(bytes, limits).with_version(T::VERSION)
}

/// Unpacks once more to find where the error is.
#[cold]
#[inline(never)]
fn locate<'a, T: Unpack<'a>>(bytes: &'a [u8], context: Context<'a, '_>) -> UnpackError {
    let trail = Trail::new();
    let context = context.with_trail(&trail);
    match T::get_whole::<Traced<Big>>(&mut Reader::within(bytes, &context)) {
        Ok(_) => UnpackError::from_trail(&Trail::new(), bytes),
        Err(_) => {
            trail.note_if_none(UnpackErrorKind::Refused { why: UNNOTED });
            UnpackError::from_trail(&trail, bytes)
        }
    }
}

/// What is said of a fault that a `with` module brought from elsewhere, so that nothing was noted.
pub(crate) const UNNOTED: &str = "a `with` module refused the bytes";

#[cfg(feature = "alloc")]
impl<'a, T: Unpack<'a>> Unpack<'a> for alloc::boxed::Box<T> {
    const IGNORES_TRAILING: bool = T::IGNORES_TRAILING;

    #[inline(always)]
    fn get_whole<O: Order>(r: &mut Reader<'a, '_>) -> Result<Self, Fault> {
        r.charge(1, size_of::<T>())?;
        T::get_whole::<O>(r).map(alloc::boxed::Box::new)
    }
}

/// Setting the fields that others determine: for all that can be packed and borrows nothing.
#[cfg(feature = "alloc")]
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be updated",
    label = "derive `Message`, `Wire` or `Protocol` for it; it borrows nothing"
)]
pub trait Update: Sized {
    /// Sets every field that others determine (lengths, counts, flags, checksums, constants, also
    /// those of parts) to what [`pack`](Pack::pack) writes for it; fields that are not on the wire get
    /// their defaults. Packing does the same without being asked, and leaves the value as it is.
    ///
    /// ```
    /// # #[cfg(feature = "derive")] {
    /// use protocol_core::{Update, Wire};
    ///
    /// #[derive(Wire)]
    /// struct Row { n: u8, #[wire(count = n)] cells: Vec<u16> }
    ///
    /// let mut row = Row { n: 0, cells: vec![7, 8] };
    /// row.update()?;
    /// assert_eq!(row.n, 2);
    /// # }
    /// # Ok::<(), protocol_core::PackError>(())
    /// ```
    ///
    /// # Errors
    /// As for [`pack`](Pack::pack).
    fn update(&mut self) -> Result<(), PackError>;
}

#[cfg(feature = "alloc")]
#[diagnostic::do_not_recommend]
impl<T: for<'a> Unpack<'a>> Update for T {
    fn update(&mut self) -> Result<(), PackError> {
        let bytes = self.pack()?;
        *self = T::unpack(&bytes).map_err(|_| PackError::from_trail(&Trail::new()))?;
        Ok(())
    }
}
