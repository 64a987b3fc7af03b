//! C strings: their bytes, and a NUL where they end. Nothing says that they are UTF-8.

#[cfg(feature = "alloc")]
use alloc::{borrow::Cow, ffi::CString};
use core::ffi::CStr;

use crate::{Bounds, Fault, Order, Reader, Sink, Wire};

fn put<W: Sink>(text: &CStr, w: &mut W, keep: usize) -> Result<(), Fault> {
    w.bytes_before(text.to_bytes_with_nul(), keep)
}

fn get<'a, O: Order>(r: &mut Reader<'a, '_>, keep: usize) -> Result<&'a CStr, Fault> {
    let Ok(text) = CStr::from_bytes_until_nul(r.rest()) else {
        return Err(r.short(r.left().saturating_add(1).saturating_add(keep)));
    };
    // A traced pass goes on to the field that is short.
    r.bytes_before(text.to_bytes_with_nul().len(), if O::TRACED { 0 } else { keep })?;
    if O::TRACED {
        r.show(&text);
    }
    Ok(text)
}

macro_rules! c_string {
    ($(#[$attr:meta])* [$($life:tt)*] $type:ty, $heap:literal, |$r:ident, $text:ident| $made:expr) => {
        $(#[$attr])*
        impl<'w $($life)*> Wire<'w> for $type {
            const MIN: usize = 1;
            const BOUNDS: Bounds = Bounds::unbounded($heap);

            #[inline]
            fn put<O: Order, W: Sink>(&self, w: &mut W, keep: usize) -> Result<(), Fault> {
                put(self, w, keep)
            }

            #[inline]
            fn get<O: Order>($r: &mut Reader<'w, '_>, keep: usize) -> Result<Self, Fault> {
                let $text = get::<O>($r, keep)?;
                Ok($made)
            }
        }
    };
}

c_string!([: 'a, 'a] &'a CStr, 0, |r, text| text);
c_string!(#[cfg(feature = "alloc")] [] CString, 1, |r, text| {
    r.charge(text.to_bytes_with_nul().len(), 1)?;
    text.into()
});
c_string!(#[cfg(feature = "alloc")] [: 'a, 'a] Cow<'a, CStr>, 0, |r, text| Cow::Borrowed(text));
