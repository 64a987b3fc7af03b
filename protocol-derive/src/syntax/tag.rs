//! The tags of enums: their type on the wire, and what a variant says of its own.

use proc_macro2::TokenStream;

use super::tokens::{integer, literal};
use super::value::{Prefix, Range, Width, Wrong, found, inclusive, ordered, range, word, wrong};
use crate::errors::catalogue;

/// What `tag` says on a variant.
pub(crate) enum TagWritten {
    Number(u64),
    /// All of these; the first field holds which.
    Range(Range),
    /// A constant expression.
    Constant(TokenStream),
}

/// The type of a tag, or of the length after it: `u8`, `Le<u16>`, `varint`.
pub(super) fn width(tokens: TokenStream) -> Result<Prefix, Wrong> {
    let (order, inner) = ordered(&tokens);
    let name = word(&inner);
    match Width::ALL.into_iter().find(|width| Some(width.name()) == name.as_deref()) {
        Some(width) => Ok(Prefix { width, order }),
        None => {
            let names = Width::ALL.map(Width::name);
            let text = catalogue::expected(&names, &found(&tokens));
            wrong(tokens, text)
        }
    }
}

/// `3`, `b'A'`, `3..=7`, or a constant.
pub(super) fn of_variant(tokens: TokenStream) -> Result<TagWritten, Wrong> {
    if inclusive(&tokens).is_some() {
        return range(tokens, catalogue::TAG_RANGE).map(TagWritten::Range);
    }
    if tokens.to_string().contains("..") {
        return wrong(tokens, catalogue::TAG_RANGE);
    }
    if let Some(number) = integer(&tokens) {
        return match u64::try_from(number) {
            Ok(number) => Ok(TagWritten::Number(number)),
            Err(_) => wrong(tokens, catalogue::TAG_NUMBER),
        };
    }
    let is_a_width = Width::ALL.into_iter().any(|it| Some(it.name()) == word(&tokens).as_deref());
    if literal(&tokens).is_some() || is_a_width {
        let text = catalogue::expected_without_quotes("a number", &found(&tokens));
        return wrong(tokens, text);
    }
    Ok(TagWritten::Constant(tokens))
}
