//! Text and bytes: an extent that counts bytes, then the bytes themselves.

#[cfg(feature = "alloc")]
use alloc::{borrow::Cow, boxed::Box, string::String};

#[cfg(feature = "alloc")]
use bytes::Bytes;

use super::extent::{get_units, put_units, units_max};
use super::{CountsItems, CountsText, Extent, Format, Seq};
use crate::{Bounds, Fault, Order, Reader, Sink, UnpackErrorKind};

/// The bounds of a run of bytes that costs `memory_per_byte` bytes of heap each.
const fn bounds<E: Extent>(memory_per_byte: usize) -> Bounds {
    let run = match units_max::<E>() {
        Some(len) if len == E::LEAST => Bounds::exactly(len).on_heap(memory_per_byte, 1),
        Some(len) => Bounds::at_most(len, memory_per_byte),
        None => Bounds::unbounded(memory_per_byte),
    };
    if E::TO_END { run.to_end() } else { Bounds::exactly(E::PREFIX_MAX).then(run) }
}

#[inline(always)]
fn put<E: Extent, W: Sink>(bytes: &[u8], w: &mut W, keep: usize) -> Result<(), Fault> {
    put_units::<E, W>(bytes.len(), w)?;
    w.bytes_before(bytes, keep)
}

#[inline(always)]
fn get<'a, E: Extent>(r: &mut Reader<'a, '_>, keep: usize) -> Result<&'a [u8], Fault> {
    let len = get_units::<E>(r, keep)?;
    // A traced pass goes on to the field that is short, if it is not this one.
    let is_here = E::Order::TRACED && len <= r.left();
    r.bytes_before(len, if is_here { 0 } else { keep })
}

#[inline(always)]
fn get_bytes<'a, E: Extent>(r: &mut Reader<'a, '_>, keep: usize) -> Result<&'a [u8], Fault> {
    let bytes = get::<E>(r, keep)?;
    if E::Order::TRACED {
        r.show(&bytes);
    }
    Ok(bytes)
}

#[inline(always)]
fn get_text<'a, E: Extent>(r: &mut Reader<'a, '_>, keep: usize) -> Result<&'a str, Fault> {
    let bytes = get::<E>(r, keep)?;
    match crate::raw::text(bytes) {
        Ok(text) => {
            if E::Order::TRACED {
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
    ($(#[$attr:meta])* [$($life:tt)*] $type:ty, $word:path, $heap:literal, $get:ident,
     $seen:expr, |$r:ident, $run:ident| $made:expr) => {
        $(#[$attr])*
        impl<'w $($life)*, W: $word, E: Extent, F, K> Format<'w, $type> for Seq<W, E, F, K> {
            type Value = $type;

            const MIN: usize = E::PREFIX_MIN + E::LEAST;
            const BOUNDS: Bounds = bounds::<E>($heap);

            #[inline(always)]
            fn put<S: Sink>(value: &$type, w: &mut S, keep: usize) -> Result<(), Fault> {
                let seen: for<'v> fn(&'v $type) -> &'v [u8] = $seen;
                put::<E, S>(seen(value), w, keep)
            }

            #[inline(always)]
            fn get($r: &mut Reader<'w, '_>, keep: usize) -> Result<$type, Fault> {
                let $run = $get::<E>($r, keep)?;
                Ok($made)
            }
        }
    };
}

run_of_bytes!([: 'a, 'a] &'a str, CountsText, 0, get_text, |text| text.as_bytes(), |r, text| text);
run_of_bytes!([: 'a, 'a] &'a [u8], CountsItems<u8>, 0, get_bytes, |bytes| bytes, |r, bytes| bytes);
run_of_bytes!(#[cfg(feature = "alloc")] [] String, CountsText, 1, get_text,
|text| text.as_bytes(), |r, text| {
    r.charge(text.len(), 1)?;
    crate::raw::string(text)
});
run_of_bytes!(#[cfg(feature = "alloc")] [] Box<str>, CountsText, 1, get_text,
|text| text.as_bytes(), |r, text| {
    r.charge(text.len(), 1)?;
    Box::from(text)
});
run_of_bytes!(#[cfg(feature = "alloc")] [: 'a, 'a] Cow<'a, str>, CountsText, 0, get_text,
    |text| text.as_bytes(), |r, text| Cow::Borrowed(text));
run_of_bytes!(#[cfg(feature = "alloc")] [: 'a, 'a] Cow<'a, [u8]>, CountsItems<u8>, 0, get_bytes,
    |bytes| bytes, |r, bytes| Cow::Borrowed(bytes));
run_of_bytes!(#[cfg(feature = "alloc")] [] Bytes, CountsItems<u8>, 1, get_bytes,
    |bytes| bytes, |r, bytes| r.share(bytes)?);
