//! Flags of the crate `bitflags`: the integer that holds them, in the order of the message.
//!
//! A flags type belongs to the user's crate and `Flags` to `bitflags`, so no impl here can join them:
//! the macro [`wire_bitflags`](crate::wire_bitflags) writes it there, and what it calls is here.

use core::fmt;

use bitflags::Bits;
pub use bitflags::Flags;
use bitflags::parser::{WriteHex, to_writer};

use crate::number::Number;
use crate::{Fault, Order, PackErrorKind, Reader, Sink, UnpackErrorKind, Wire};

/// Gives a type that `bitflags!` declared a layout: the integer that holds its bits, in the order of
/// the message.
///
/// `unknown` says what becomes of bits that belong to no flag: `keep` lets them through in both
/// directions, `refuse` is an error in both directions.
///
/// ```
/// # #[cfg(feature = "derive")] {
/// use bitflags::bitflags;
/// use protocol_core::{Pack, Unpack, Wire, wire_bitflags};
///
/// bitflags! {
///     #[derive(Debug, Clone, Copy, PartialEq)]
///     struct Access: u16 {
///         const READ = 0x0001;
///         const WRITE = 0x0100;
///     }
/// }
/// wire_bitflags!(Access, unknown = refuse);
///
/// #[derive(Wire, Debug, PartialEq)]
/// struct Open { access: Access }
///
/// let open = Open { access: Access::READ | Access::WRITE };
/// assert_eq!(open.pack().unwrap(), [0x01, 0x01]);
/// assert_eq!(Open::unpack(&[0x01, 0x01]).unwrap(), open);
///
/// let error = Open::unpack(&[0x80, 0x01]).unwrap_err();
/// assert_eq!(error.to_string(), "Open.access at byte 0: the bits 0x8000 belong to no flag (at 80 01)");
/// # }
/// ```
#[macro_export]
macro_rules! wire_bitflags {
    ($flags:ty, unknown = keep) => {
        $crate::wire_bitflags! { @ $flags, true }
    };
    ($flags:ty, unknown = refuse) => {
        $crate::wire_bitflags! { @ $flags, false }
    };
    ($flags:ty $(,)?) => {
        ::core::compile_error! {
            "say what becomes of bits that belong to no flag: `unknown = keep` or `unknown = refuse`"
        }
    };
    (@ $flags:ty, $keep:literal) => {
        impl<'a> $crate::Wire<'a> for $flags {
            const MIN: ::core::primitive::usize =
                <<$flags as $crate::__rt::Flags>::Bits as $crate::Wire<'a>>::MIN;
            const BOUNDS: $crate::Bounds =
                <<$flags as $crate::__rt::Flags>::Bits as $crate::Wire<'a>>::BOUNDS;

            #[inline]
            fn put<O: $crate::Order, W: $crate::Sink>(
                &self,
                w: &mut W,
                keep: ::core::primitive::usize,
            ) -> ::core::result::Result<(), $crate::Fault> {
                $crate::__rt::put_flags::<$flags, O, W, $keep>(self, w, keep)
            }

            #[inline]
            fn get<O: $crate::Order>(
                r: &mut $crate::Reader<'a, '_>,
                keep: ::core::primitive::usize,
            ) -> ::core::result::Result<Self, $crate::Fault> {
                $crate::__rt::get_flags::<$flags, O, $keep>(r, keep)
            }
        }

        impl $crate::Number for $flags {
            #[inline]
            fn to_i128(&self) -> ::core::option::Option<::core::primitive::i128> {
                $crate::Number::to_i128(&$crate::__rt::Flags::bits(self))
            }

            #[inline]
            fn from_i128(n: ::core::primitive::i128) -> ::core::option::Option<Self> {
                $crate::__rt::flags_from_i128::<$flags, $keep>(n)
            }
        }
    };
}

/// An integer that can hold flags on the wire.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot hold flags on the wire",
    label = "the flags need an integer of fixed width"
)]
pub trait FlagBits: Bits + WriteHex + Number + for<'a> Wire<'a> {}
#[diagnostic::do_not_recommend]
impl<T: Bits + WriteHex + Number + for<'a> Wire<'a>> FlagBits for T {}

/// The bits that belong to no flag of `F`; none if there are none of them.
fn unknown<F: Flags<Bits: FlagBits>>(bits: F::Bits) -> Option<u64> {
    let unknown = bits & !F::all().bits();
    if unknown == F::Bits::EMPTY {
        return None;
    }
    Some(unknown.to_i128().and_then(|unknown| u64::try_from(unknown).ok()).unwrap_or(u64::MAX))
}

/// Writes the bits.
///
/// # Errors
/// If there are bits that belong to no flag and `KEEP` is not set, or the sink is full.
#[inline]
pub fn put_flags<F: Flags<Bits: FlagBits>, O: Order, W: Sink, const KEEP: bool>(
    flags: &F,
    w: &mut W,
    keep: usize,
) -> Result<(), Fault> {
    let bits = flags.bits();
    if !KEEP {
        if let Some(bits) = unknown::<F>(bits) {
            return Err(w.fault(PackErrorKind::UnknownBits { bits }));
        }
    }
    bits.put::<O, W>(w, keep)
}

/// Reads the bits.
///
/// # Errors
/// If there are bits that belong to no flag and `KEEP` is not set, or too few bytes.
#[inline]
pub fn get_flags<F: Flags<Bits: FlagBits>, O: Order, const KEEP: bool>(
    r: &mut Reader<'_, '_>,
    keep: usize,
) -> Result<F, Fault> {
    let start = r.rest();
    let bits = F::Bits::get::<O>(r, keep)?;
    if !KEEP {
        if let Some(bits) = unknown::<F>(bits) {
            return Err(r.fault_at(start, UnpackErrorKind::UnknownBits { bits }));
        }
    }
    let flags = F::from_bits_retain(bits);
    if O::TRACED {
        r.show(&Names(&flags));
    }
    Ok(flags)
}

/// The names of the flags that are set, whether or not their type can print them.
struct Names<'f, F>(&'f F);

impl<F: Flags<Bits: FlagBits>> fmt::Debug for Names<'_, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        to_writer(self.0, f)
    }
}

/// The flags whose bits are the number `n`, if there are any.
#[inline]
#[must_use]
pub fn flags_from_i128<F: Flags<Bits: FlagBits>, const KEEP: bool>(n: i128) -> Option<F> {
    let bits = F::Bits::from_i128(n)?;
    (KEEP || unknown::<F>(bits).is_none()).then(|| F::from_bits_retain(bits))
}
