//! Bit fields: how many bits a field has, and which come first.

use proc_macro2::TokenStream;

use super::tokens::{integer, literal};
use super::value::{Wrong, found, word, wrong};
use crate::errors::catalogue;

/// The most bits that one bit field has.
const BITS_MAX: i128 = 128;

/// What `bits` says.
pub(crate) enum BitWidth {
    Number(u32),
    /// A constant expression.
    Constant(TokenStream),
}

/// Which bits of a byte the first field takes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum BitOrder {
    /// The most significant ones, as in the pictures of most specifications.
    Msb,
    /// The least significant ones.
    Lsb,
}

/// `3`, or a constant.
pub(super) fn width(tokens: TokenStream) -> Result<BitWidth, Wrong> {
    match integer(&tokens) {
        Some(0) => wrong(tokens, catalogue::NO_BITS),
        Some(number) => match u32::try_from(number) {
            Ok(bits) if number <= BITS_MAX => Ok(BitWidth::Number(bits)),
            Ok(_) | Err(_) => wrong(tokens, catalogue::too_many_bits(number)),
        },
        None if literal(&tokens).is_some() => {
            let text = catalogue::expected_without_quotes("a number", &found(&tokens));
            wrong(tokens, text)
        }
        None => Ok(BitWidth::Constant(tokens)),
    }
}

pub(super) fn order(tokens: TokenStream) -> Result<BitOrder, Wrong> {
    match word(&tokens).as_deref() {
        Some("msb") => Ok(BitOrder::Msb),
        Some("lsb") => Ok(BitOrder::Lsb),
        _ => {
            let text = catalogue::expected(&["msb", "lsb"], &found(&tokens));
            wrong(tokens, text)
        }
    }
}
