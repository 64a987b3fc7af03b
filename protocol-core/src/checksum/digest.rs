//! The same checksums as types, for the derive: over bytes that do not lie side by side, since the
//! bytes of a checksum inside its own range count as zero.
//!
//! A type without a value for each built-in function, of the same name; [`By`] for a user's function.

#[cfg(feature = "alloc")]
use alloc::vec::Vec;

use adler2::Adler32;
use crc::{Crc, Table};

use super::sums::{Fletcher16, Fletcher32, Internet, fold};
use crate::Number;

/// A checksum that a field of the type `T` holds.
#[diagnostic::on_unimplemented(
    message = "the checksum `{Self}` is no `{T}`",
    label = "give the field the type of this checksum"
)]
pub trait Digest<T> {
    /// The checksum of `bytes`.
    fn of(&self, bytes: &[u8]) -> T;

    /// Both numbers, if they are not the same.
    fn difference(got: &T, expected: &T) -> Option<(i128, i128)>;
}

fn difference<T: Number + PartialEq>(got: &T, expected: &T) -> Option<(i128, i128)> {
    if got == expected {
        return None;
    }
    Some((got.to_i128().unwrap_or(0), expected.to_i128().unwrap_or(0)))
}

/// A checksum that can stand inside the range it is computed over.
#[cfg_attr(
    feature = "alloc",
    diagnostic::on_unimplemented(
        message = "the checksum `{Self}` is no `{T}`",
        label = "give the field the type of this checksum"
    )
)]
#[cfg_attr(
    not(feature = "alloc"),
    diagnostic::on_unimplemented(
        message = "without the feature `alloc`, a function of your own cannot stand inside its range",
        label = "move this field before or after the range"
    )
)]
pub trait Parts<T>: Digest<T> {
    /// The checksum of three parts as if they lay side by side.
    fn of_parts(&self, parts: [&[u8]; 3]) -> T;
}

/// A user's function over bytes.
#[derive(Debug, Clone, Copy)]
pub struct By<F>(pub F);

impl<T: Number + PartialEq, F: Fn(&[u8]) -> T> Digest<T> for By<F> {
    #[inline]
    fn of(&self, bytes: &[u8]) -> T {
        (self.0)(bytes)
    }

    #[inline]
    fn difference(got: &T, expected: &T) -> Option<(i128, i128)> {
        difference(got, expected)
    }
}

/// The function sees one slice, so the parts are copied side by side. They were received or packed
/// before, so the copy is no larger than what is held already.
#[cfg(feature = "alloc")]
impl<T: Number + PartialEq, F: Fn(&[u8]) -> T> Parts<T> for By<F> {
    fn of_parts(&self, parts: [&[u8]; 3]) -> T {
        let joined: Vec<u8> = parts.concat();
        (self.0)(&joined)
    }
}

/// How many bytes a step of a CRC of 32 bits takes at once: its tables have 1 KiB for each of them,
/// which is much where there is no standard library.
#[cfg(feature = "std")]
type Lanes = Table<16>;
#[cfg(not(feature = "std"))]
type Lanes = Table<1>;

const CRC8: Crc<u8> = Crc::<u8>::new(&crc::CRC_8_SMBUS);

static CRC16_IBM_3740: Crc<u16> = Crc::<u16>::new(&crc::CRC_16_IBM_3740);
static CRC16_XMODEM: Crc<u16> = Crc::<u16>::new(&crc::CRC_16_XMODEM);
static CRC16_KERMIT: Crc<u16> = Crc::<u16>::new(&crc::CRC_16_KERMIT);
static CRC16_MODBUS: Crc<u16> = Crc::<u16>::new(&crc::CRC_16_MODBUS);
static CRC16_ARC: Crc<u16> = Crc::<u16>::new(&crc::CRC_16_ARC);
static CRC32: Crc<u32, Lanes> = Crc::<u32, Lanes>::new(&crc::CRC_32_ISO_HDLC);
static CRC32C: Crc<u32, Lanes> = Crc::<u32, Lanes>::new(&crc::CRC_32_ISCSI);

/// Declares each checksum: how it is computed of pieces that follow each other.
macro_rules! built_in {
    ($($name:ident -> $value:ty, |$pieces:ident| $computed:expr;)*) => {$(
        #[doc = concat!("[`checksum::", stringify!($name), "`](super::", stringify!($name), ")")]
        #[expect(non_camel_case_types, reason = "the name is that of the function")]
        #[derive(Debug, Clone, Copy)]
        pub struct $name;

        impl $name {
            #[inline]
            fn over($pieces: &[&[u8]]) -> $value {
                $computed
            }
        }

        impl Digest<$value> for $name {
            #[inline]
            fn of(&self, bytes: &[u8]) -> $value {
                $name::over(&[bytes])
            }

            #[inline]
            fn difference(got: &$value, expected: &$value) -> Option<(i128, i128)> {
                difference(got, expected)
            }
        }

        impl Parts<$value> for $name {
            #[inline]
            fn of_parts(&self, parts: [&[u8]; 3]) -> $value {
                $name::over(&parts)
            }
        }
    )*};
}

/// The CRC of pieces: a macro, since the crate's digests have no trait in common.
macro_rules! crc {
    ($crc:expr, $pieces:expr) => {{
        let mut digest = $crc.digest();
        $pieces.iter().for_each(|piece| digest.update(piece));
        digest.finalize()
    }};
}

built_in! {
    crc8 -> u8, |pieces| crc!(CRC8, pieces);
    crc16_ibm_3740 -> u16, |pieces| crc!(CRC16_IBM_3740, pieces);
    crc16_xmodem -> u16, |pieces| crc!(CRC16_XMODEM, pieces);
    crc16_kermit -> u16, |pieces| crc!(CRC16_KERMIT, pieces);
    crc16_modbus -> u16, |pieces| crc!(CRC16_MODBUS, pieces);
    crc16_arc -> u16, |pieces| crc!(CRC16_ARC, pieces);
    crc32 -> u32, |pieces| crc!(CRC32, pieces);
    crc32c -> u32, |pieces| crc!(CRC32C, pieces);
    adler32 -> u32, |pieces| {
        let mut sums = Adler32::new();
        pieces.iter().for_each(|piece| sums.write_slice(piece));
        sums.checksum()
    };
    fletcher16 -> u16, |pieces| fold(pieces, Fletcher16::default(), Fletcher16::byte).value();
    fletcher32 -> u32, |pieces| fold(pieces, Fletcher32::default(), Fletcher32::byte).value();
    sum8 -> u8, |pieces| fold(pieces, 0, |sum: u8, byte| sum.wrapping_add(byte));
    sum16 -> u16, |pieces| fold(pieces, 0, |sum: u16, byte| sum.wrapping_add(u16::from(byte)));
    xor8 -> u8, |pieces| fold(pieces, 0, |all, byte| all ^ byte);
    internet -> u16, |pieces| fold(pieces, Internet::default(), Internet::byte).value();
}
