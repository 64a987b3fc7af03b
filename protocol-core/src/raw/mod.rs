//! The only module with `unsafe`, and its safe twin.
//!
//! Both have the same functions with the same results; the feature `safe` picks the twin. What is
//! here is what LLVM does not find by itself: writing into the spare room of a vector without a
//! second length check, short copies without a call, and text that was seen to be ASCII.

#[cfg(any(all(test, feature = "alloc"), not(feature = "safe")))]
mod fast;
#[cfg(all(feature = "alloc", any(test, not(feature = "safe"))))]
mod image;
mod probe;
#[cfg(any(all(test, feature = "alloc"), feature = "safe"))]
mod safe;
#[cfg(all(test, feature = "alloc"))]
mod tests;

#[cfg(not(feature = "safe"))]
pub(crate) use fast::*;
#[cfg(all(feature = "alloc", not(feature = "safe")))]
pub(crate) use image::{from_wire, image};
#[cfg(feature = "alloc")]
pub(crate) use probe::{Image, Lend, Make};
pub use probe::{Lane, Probe};
#[cfg(feature = "safe")]
pub(crate) use safe::*;

/// Overwrites the bytes at `at` in what was written, if they are there.
#[inline(always)]
pub(crate) fn overwrite<const N: usize>(written: Option<&mut [u8]>, at: usize, bytes: [u8; N]) {
    let chunk = written.and_then(|written| written.get_mut(at..)?.first_chunk_mut::<N>());
    if let Some(chunk) = chunk {
        *chunk = bytes;
    }
}

/// The text in `bytes`, or how many of them are valid.
#[cold]
#[inline(never)]
fn validate(bytes: &[u8]) -> Result<&str, usize> {
    core::str::from_utf8(bytes).map_err(|error| error.valid_up_to())
}

/// Declares the function that puts the bytes of a number in the other order. As a whole number, since
/// the compiler makes vector operations of that, and none of bytes in reverse.
#[cfg(feature = "alloc")]
macro_rules! swap {
    ($($name:ident, $type:ty;)*) => {$(
        #[inline(always)]
        pub(crate) fn $name(number: [u8; size_of::<$type>()]) -> [u8; size_of::<$type>()] {
            <$type>::from_ne_bytes(number).swap_bytes().to_ne_bytes()
        }
    )*};
}

#[cfg(feature = "alloc")]
swap! {
    swap_2, u16;
    swap_4, u32;
    swap_8, u64;
    swap_16, u128;
}
