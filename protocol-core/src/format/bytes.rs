//! Text and bytes: an extent that counts bytes, then the bytes themselves.

#[cfg(feature = "alloc")]
use alloc::{borrow::Cow, boxed::Box, string::String};

#[cfg(feature = "alloc")]
use bytes::Bytes;

use super::extent::{get_units, put_units, told_units, units_max, units_of};
use super::{AnyBytes, Counted, CountsBytes, CountsText, Extent, Format, Seq};
use crate::{Bounds, Fault, Order, Reader, Sink, UnpackErrorKind};

/// The bounds of a run of bytes behind its length.
const fn bounds<E: Extent>() -> Bounds {
    let run = match units_max::<E>() {
        Some(len) if len == E::LEAST => Bounds::exactly(len),
        Some(len) => Bounds::at_most(len, 0),
        None => Bounds::unbounded(0),
    };
    if E::TO_END { run.to_end() } else { Bounds::exactly(E::PREFIX_MAX).then(run) }
}

/// A word that marks off a run of bytes, with the extent `E`.
pub trait Run<E: Extent> {
    /// The fewest bytes of the run and of what marks it off.
    const MIN: usize;
    /// Their bounds, without heap.
    const BOUNDS: Bounds;

    /// Writes the run.
    ///
    /// # Errors
    /// If it is too long or too short, or the sink is full.
    fn put<W: Sink>(bytes: &[u8], w: &mut W, keep: usize) -> Result<(), Fault>;

    /// Reads a run.
    ///
    /// # Errors
    /// If the bytes are no such run.
    fn get<'a>(r: &mut Reader<'a, '_>, keep: usize) -> Result<&'a [u8], Fault>;
}

impl<W: CountsBytes, E: Extent> Run<E> for W {
    const MIN: usize = E::PREFIX_MIN + E::LEAST;
    const BOUNDS: Bounds = bounds::<E>();

    #[inline(always)]
    fn put<S: Sink>(bytes: &[u8], w: &mut S, keep: usize) -> Result<(), Fault> {
        put_units::<E, S>(bytes.len(), w)?;
        w.bytes_before(bytes, keep)
    }

    #[inline(always)]
    fn get<'a>(r: &mut Reader<'a, '_>, keep: usize) -> Result<&'a [u8], Fault> {
        let len = get_units::<E>(r, keep)?;
        run::<E::Order>(r, len, keep)
    }
}

/// Takes a run of `len` bytes.
#[inline(always)]
pub(super) fn run<'a, O: Order>(
    r: &mut Reader<'a, '_>,
    len: usize,
    keep: usize,
) -> Result<&'a [u8], Fault> {
    // A traced pass goes on to the field that is short, if it is not this one.
    let is_here = O::TRACED && len <= r.left();
    r.bytes_before(len, if is_here { 0 } else { keep })
}

#[inline(always)]
fn seen_bytes<'a, O: Order>(r: &Reader<'_, '_>, bytes: &'a [u8]) -> Result<&'a [u8], Fault> {
    if O::TRACED {
        r.show(&bytes);
    }
    Ok(bytes)
}

#[inline(always)]
pub(super) fn seen_text<'a, O: Order>(
    r: &Reader<'_, '_>,
    bytes: &'a [u8],
) -> Result<&'a str, Fault> {
    match crate::raw::text(bytes) {
        Ok(text) => {
            if O::TRACED {
                r.show(&text);
            }
            Ok(text)
        }
        Err(valid) => Err(not_utf8(r, bytes, valid)),
    }
}

/// The error stands at the first byte that is not valid.
#[cold]
#[inline(never)]
fn not_utf8(r: &Reader<'_, '_>, bytes: &[u8], valid: usize) -> Fault {
    r.fault_at(bytes.get(valid..).unwrap_or(bytes), UnpackErrorKind::NotUtf8 { valid })
}

/// Implements the format of one type: how its bytes are seen, and how it is made of received ones.
macro_rules! run_of_bytes {
    ($(#[$attr:meta])* [$($life:tt)*] $type:ty, $word:path, $heap:literal, $seen:ident,
     $inside:expr, |$r:ident, $run:ident| $made:expr) => {
        $(#[$attr])*
        impl<'w $($life)*, W: $word + Run<E>, E: Extent, F, K> Format<'w, $type> for Seq<W, E, F, K> {
            type Value = $type;
            type Word = W;

            const ITEMS: bool = false;
            const MIN: usize = W::MIN;
            const BOUNDS: Bounds = W::BOUNDS.on_heap($heap, 1);

            #[inline(always)]
            fn put<S: Sink>(value: &$type, w: &mut S, keep: usize) -> Result<(), Fault> {
                let inside: for<'v> fn(&'v $type) -> &'v [u8] = $inside;
                W::put(inside(value), w, keep)
            }

            #[inline(always)]
            fn get($r: &mut Reader<'w, '_>, keep: usize) -> Result<$type, Fault> {
                let bytes = W::get($r, keep)?;
                let $run = $seen::<E::Order>($r, bytes)?;
                Ok($made)
            }
        }

        $(#[$attr])*
        impl<'w $($life)*, W: $word + CountsBytes, E: Extent, F, K> Counted<'w, $type> for Seq<W, E, F, K> {
            #[inline(always)]
            fn units<S: Sink>(value: &$type, w: &S) -> Result<u64, Fault> {
                let inside: for<'v> fn(&'v $type) -> &'v [u8] = $inside;
                units_of::<E, S>(inside(value).len(), w)
            }

            #[inline(always)]
            fn get_run($r: &mut Reader<'w, '_>, units: u64, keep: usize) -> Result<$type, Fault> {
                let len = told_units::<E>($r, units)?;
                let bytes = run::<E::Order>($r, len, keep)?;
                let $run = $seen::<E::Order>($r, bytes)?;
                Ok($made)
            }
        }
    };
}

run_of_bytes!([: 'a, 'a] &'a str, CountsText, 0, seen_text, |text| text.as_bytes(), |r, text| text);
run_of_bytes!([: 'a, 'a] &'a [u8], AnyBytes, 0, seen_bytes, |bytes| bytes, |r, bytes| bytes);
run_of_bytes!(#[cfg(feature = "alloc")] [] String, CountsText, 1, seen_text,
|text| text.as_bytes(), |r, text| {
    r.charge(text.len(), 1)?;
    crate::raw::string(text)
});
run_of_bytes!(#[cfg(feature = "alloc")] [] Box<str>, CountsText, 1, seen_text,
|text| text.as_bytes(), |r, text| {
    r.charge(text.len(), 1)?;
    Box::from(text)
});
run_of_bytes!(#[cfg(feature = "alloc")] [: 'a, 'a] Cow<'a, str>, CountsText, 0, seen_text,
    |text| text.as_bytes(), |r, text| Cow::Borrowed(text));
run_of_bytes!(#[cfg(feature = "alloc")] [: 'a, 'a] Cow<'a, [u8]>, AnyBytes, 0, seen_bytes,
    |bytes| bytes, |r, bytes| Cow::Borrowed(bytes));
run_of_bytes!(#[cfg(feature = "alloc")] [] Bytes, AnyBytes, 1, seen_bytes,
    |bytes| bytes, |r, bytes| r.share(bytes)?);
