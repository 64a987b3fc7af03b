//! The values of words: each function reads one kind, or says what was expected instead.

use proc_macro2::{Ident, Spacing, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::ext::IdentExt;
use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::{GenericArgument, Lit, PathArguments, Token, Type, WherePredicate};

use super::claim::Claim;
use super::tokens::{cut, integer, literal, peel};
use crate::errors::catalogue;

/// A value of the wrong kind: what is wrong, and where.
pub(super) struct Wrong {
    pub(super) at: TokenStream,
    pub(super) text: String,
}

pub(super) fn wrong<T>(at: TokenStream, text: impl Into<String>) -> Result<T, Wrong> {
    Err(Wrong { at, text: text.into() })
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum ByteOrder {
    Big,
    Little,
}

/// What `len` and `count` say.
pub(crate) enum Measure {
    /// A prefix of this width stands in front of the data.
    Prefix(Prefix),
    /// The extent is what this says: a constant, or a relation of earlier fields.
    Claim(Claim),
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Prefix {
    pub(crate) width: Width,
    /// The order that `Be<…>` or `Le<…>` gives to the prefix alone.
    pub(crate) order: Option<ByteOrder>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Width {
    U8,
    U16,
    U24,
    U32,
    U48,
    U64,
    Varint,
}

/// The type of message numbers.
#[derive(Clone, Copy, Debug)]
pub(crate) struct IdType {
    pub(crate) width: IdWidth,
    pub(crate) order: Option<ByteOrder>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum IdWidth {
    U8,
    U16,
    U32,
    Varint,
}

/// What becomes of bytes after a message.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Trailing {
    Ignore,
    Keep,
}

/// Numbers that a protocol does not give out, from the first to the last.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Range {
    pub(crate) first: u64,
    pub(crate) last: u64,
}

/// Whether the value of `endian` is one order for all, and no expression of fields.
pub(super) fn is_order(tokens: &TokenStream) -> bool {
    word(tokens).is_some() || literal(tokens).is_some()
}

pub(super) fn byte_order(tokens: TokenStream) -> Result<ByteOrder, Wrong> {
    match word(&tokens).as_deref() {
        Some("big") => Ok(ByteOrder::Big),
        Some("little") => Ok(ByteOrder::Little),
        _ => {
            let text = catalogue::expected(&["big", "little"], &found(&tokens));
            wrong(tokens, text)
        }
    }
}

pub(super) fn trailing(tokens: TokenStream) -> Result<Trailing, Wrong> {
    match word(&tokens).as_deref() {
        Some("ignore") => Ok(Trailing::Ignore),
        Some("keep") => Ok(Trailing::Keep),
        _ => {
            let text = catalogue::expected(&["ignore", "keep"], &found(&tokens));
            wrong(tokens, text)
        }
    }
}

/// `growth`, the only warning there is.
pub(super) fn warnings(tokens: TokenStream) -> Result<(), Wrong> {
    match word(&tokens).as_deref() {
        Some("growth") => Ok(()),
        _ => {
            let text = catalogue::expected(&["growth"], &found(&tokens));
            wrong(tokens, text)
        }
    }
}

pub(super) fn id_type(tokens: TokenStream) -> Result<IdType, Wrong> {
    if let Some(number) = integer(&tokens) {
        return wrong(tokens, catalogue::id_is_a_type(number));
    }
    let (order, inner) = ordered(&tokens);
    let width = match word(&inner).as_deref() {
        Some("u8") => IdWidth::U8,
        Some("u16") => IdWidth::U16,
        Some("u32") => IdWidth::U32,
        Some("varint") if order.is_none() => IdWidth::Varint,
        _ => {
            let text =
                catalogue::expected(&["u8", "u16", "u32", "varint", "Le<u16>"], &found(&tokens));
            return wrong(tokens, text);
        }
    };
    Ok(IdType { width, order })
}

/// A width is recognised by its name; anything else is an expression.
pub(super) fn measure(tokens: TokenStream) -> Result<Measure, Wrong> {
    if let Some(lit) = literal(&tokens) {
        if !matches!(lit, Lit::Int(_) | Lit::Byte(_)) {
            let text = catalogue::expected_without_quotes("a width or a number", &lit_text(&lit));
            return wrong(tokens, text);
        }
    }
    if integer(&tokens).is_some_and(|number| number < 0) {
        return wrong(tokens, catalogue::NEGATIVE_SIZE);
    }
    let (order, inner) = ordered(&tokens);
    let width = match word(&inner).as_deref() {
        Some("u8") => Width::U8,
        Some("u16") => Width::U16,
        Some("u24") => Width::U24,
        Some("u32") => Width::U32,
        Some("u48") => Width::U48,
        Some("u64") => Width::U64,
        Some("varint") => Width::Varint,
        Some("usize" | "isize" | "i8" | "i16" | "i32" | "i64" | "u128" | "i128") => {
            return wrong(tokens.clone(), catalogue::not_a_width(&tokens));
        }
        _ if order.is_some() => return wrong(tokens.clone(), catalogue::not_a_width(&tokens)),
        _ => return Ok(Measure::Claim(super::claim::claim(tokens))),
    };
    Ok(Measure::Prefix(Prefix { width, order }))
}

/// A number, or an expression that may be one.
pub(super) fn number(tokens: TokenStream) -> Result<TokenStream, Wrong> {
    match literal(&tokens) {
        Some(Lit::Int(int)) if int.base10_digits().starts_with('-') => {
            wrong(tokens, catalogue::NEGATIVE_SIZE)
        }
        None | Some(Lit::Int(_) | Lit::Byte(_)) => Ok(tokens),
        Some(lit) => {
            let text = catalogue::expected_without_quotes("a number", &lit_text(&lit));
            wrong(tokens, text)
        }
    }
}

/// A number above 0, or an expression that may be one.
pub(super) fn positive(tokens: TokenStream) -> Result<TokenStream, Wrong> {
    match integer(&tokens) {
        Some(0) => wrong(tokens, catalogue::ALIGN_ZERO),
        Some(_) | None => number(tokens),
    }
}

/// A byte, or an expression that may be one.
pub(super) fn byte(tokens: TokenStream) -> Result<TokenStream, Wrong> {
    match literal(&tokens) {
        None | Some(Lit::Byte(_)) => Ok(tokens),
        Some(Lit::Int(_)) if integer(&tokens).is_some_and(|byte| (0..=255).contains(&byte)) => {
            Ok(tokens)
        }
        Some(lit) => {
            let text = catalogue::not_a_byte(&lit_text(&lit));
            wrong(tokens, text)
        }
    }
}

pub(super) fn depth(tokens: TokenStream) -> Result<u32, Wrong> {
    match integer(&tokens).map(u32::try_from) {
        Some(Ok(depth)) if depth > 0 => Ok(depth),
        _ => wrong(tokens, catalogue::DEPTH),
    }
}

pub(super) fn text(tokens: TokenStream) -> Result<String, Wrong> {
    match literal(&tokens) {
        Some(Lit::Str(text)) if !text.value().is_empty() => Ok(text.value()),
        _ => wrong(tokens, catalogue::NAME),
    }
}

/// A type of Rust.
pub(super) fn ty(tokens: TokenStream) -> Result<Type, Wrong> {
    match syn::parse2(peel(&tokens)) {
        Ok(ty) => Ok(ty),
        Err(_) => wrong(tokens, catalogue::TYPE),
    }
}

/// A path of Rust: identifiers and `::`, with generic arguments.
/// A path, such as that in `usage`.
pub(super) fn path(tokens: TokenStream, usage: &str) -> Result<TokenStream, Wrong> {
    match syn::parse2::<syn::Path>(peel(&tokens)) {
        Ok(_) => Ok(tokens),
        Err(_) => wrong(tokens, catalogue::path(usage)),
    }
}

pub(super) fn crate_path(tokens: TokenStream) -> Result<TokenStream, Wrong> {
    let parsed = syn::Path::parse_mod_style.parse2(tokens.clone());
    match parsed {
        Ok(path) => Ok(path.into_token_stream()),
        Err(_) => wrong(tokens, catalogue::path("crate = ::path::to::it")),
    }
}

pub(super) fn bounds(tokens: TokenStream) -> Result<Vec<WherePredicate>, Wrong> {
    Punctuated::<WherePredicate, Token![,]>::parse_terminated
        .parse2(tokens)
        .map(|predicates| predicates.into_iter().collect())
        .map_err(|error| Wrong { at: quote_at(&error), text: catalogue::bound(&error) })
}

/// Something with the span of an error, to point at.
fn quote_at(error: &syn::Error) -> TokenStream {
    let mut tokens = quote!(_);
    tokens = tokens
        .into_iter()
        .map(|mut tree| {
            tree.set_span(error.span());
            tree
        })
        .collect();
    tokens
}

/// `0, 3..=50, 0xff`
pub(super) fn ranges(tokens: TokenStream) -> Result<Vec<Range>, Wrong> {
    cut(tokens).into_iter().map(|range| self::range(range, catalogue::RANGE)).collect()
}

pub(super) fn range(tokens: TokenStream, expected: &str) -> Result<Range, Wrong> {
    let read = |tokens: &TokenStream| integer(tokens).and_then(|number| u64::try_from(number).ok());
    let (from, to) = match inclusive(&tokens) {
        Some(ends) => ends,
        None => (tokens.clone(), tokens.clone()),
    };
    match (read(&from), read(&to)) {
        (Some(first), Some(last)) if first <= last => Ok(Range { first, last }),
        (Some(first), Some(last)) => {
            wrong(tokens, catalogue::empty_range(&format!("{first}..={last}")))
        }
        _ => wrong(tokens, expected),
    }
}

/// The two ends of `a..=b`.
pub(super) fn inclusive(tokens: &TokenStream) -> Option<(TokenStream, TokenStream)> {
    let trees: Vec<TokenTree> = peel(tokens).into_iter().collect();
    let is = |tree: &TokenTree, wanted: char, spacing: Option<Spacing>| match tree {
        TokenTree::Punct(punct) => {
            punct.as_char() == wanted && spacing.is_none_or(|spacing| punct.spacing() == spacing)
        }
        TokenTree::Ident(_) | TokenTree::Group(_) | TokenTree::Literal(_) => false,
    };
    let at = trees.windows(3).position(|three| match three {
        [a, b, c] => {
            is(a, '.', Some(Spacing::Joint)) && is(b, '.', Some(Spacing::Joint)) && is(c, '=', None)
        }
        _ => false,
    })?;
    let from = trees.get(..at)?.iter().cloned().collect();
    let to = trees.get(at + 3..)?.iter().cloned().collect();
    Some((from, to))
}

/// The order and the inside of `Be<…>` and `Le<…>`; other tokens as they are.
pub(super) fn ordered(tokens: &TokenStream) -> (Option<ByteOrder>, TokenStream) {
    let plain = (None, tokens.clone());
    let Ok(Type::Path(path)) = syn::parse2::<Type>(peel(tokens)) else {
        return plain;
    };
    let Some(segment) = path.path.segments.last() else {
        return plain;
    };
    let order = match segment.ident.to_string().as_str() {
        "Be" => ByteOrder::Big,
        "Le" => ByteOrder::Little,
        _ => return plain,
    };
    match &segment.arguments {
        PathArguments::AngleBracketed(arguments) => match arguments.args.first() {
            Some(GenericArgument::Type(inner)) => (Some(order), inner.to_token_stream()),
            _ => plain,
        },
        PathArguments::None | PathArguments::Parenthesized(_) => plain,
    }
}

/// The single identifier that the tokens are.
pub(super) fn word(tokens: &TokenStream) -> Option<String> {
    syn::parse2::<Ident>(peel(tokens)).ok().map(|ident| ident.unraw().to_string())
}

/// What was found, for messages.
pub(super) fn found(tokens: &TokenStream) -> String {
    match literal(tokens) {
        Some(lit) => lit_text(&lit),
        None => format!("`{}`", peel(tokens)),
    }
}

fn lit_text(lit: &Lit) -> String {
    match lit {
        Lit::Str(text) => format!("the string {:?}", text.value()),
        other => format!("`{}`", other.to_token_stream()),
    }
}

impl IdWidth {
    /// The largest number.
    pub(crate) fn most(self) -> u64 {
        match self {
            IdWidth::U8 => u64::from(u8::MAX),
            IdWidth::U16 => u64::from(u16::MAX),
            IdWidth::U32 => u64::from(u32::MAX),
            IdWidth::Varint => u64::MAX,
        }
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            IdWidth::U8 => "u8",
            IdWidth::U16 => "u16",
            IdWidth::U32 => "u32",
            IdWidth::Varint => "varint",
        }
    }

    /// The next wider type, if there is one.
    pub(crate) fn wider(self) -> Option<IdWidth> {
        match self {
            IdWidth::U8 => Some(IdWidth::U16),
            IdWidth::U16 => Some(IdWidth::U32),
            IdWidth::U32 => Some(IdWidth::Varint),
            IdWidth::Varint => None,
        }
    }

    /// The most bytes of it.
    pub(crate) fn bytes(self) -> u8 {
        match self {
            IdWidth::U8 => 1,
            IdWidth::U16 => 2,
            IdWidth::U32 => 4,
            IdWidth::Varint => 10,
        }
    }
}

impl Width {
    pub(crate) const ALL: [Width; 7] =
        [Width::U8, Width::U16, Width::U24, Width::U32, Width::U48, Width::U64, Width::Varint];

    /// The largest number that a prefix of this width holds; `None` if it holds any length.
    pub(crate) fn most(self) -> Option<u64> {
        match self {
            Width::U8 => Some(u64::from(u8::MAX)),
            Width::U16 => Some(u64::from(u16::MAX)),
            Width::U24 => Some((1 << 24) - 1),
            Width::U32 => Some(u64::from(u32::MAX)),
            Width::U48 => Some((1 << 48) - 1),
            Width::U64 | Width::Varint => None,
        }
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Width::U8 => "u8",
            Width::U16 => "u16",
            Width::U24 => "u24",
            Width::U32 => "u32",
            Width::U48 => "u48",
            Width::U64 => "u64",
            Width::Varint => "varint",
        }
    }
}
