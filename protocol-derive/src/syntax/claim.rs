//! The values of words that speak of other fields: what stands on the wire only, checks, checksums.

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::ToTokens;
use syn::parse::{Parse, ParseStream, Parser};
use syn::{Token, Type};

use super::relation::{Name, Relation, relation};
use super::tokens::{cut, literal, peel};
use super::value::{Wrong, inclusive, wrong};
use crate::errors::catalogue;

/// What was said of a value: arithmetic over fields, or any expression of Rust.
#[derive(Clone)]
pub(crate) struct Claim {
    pub(crate) tokens: TokenStream,
    /// The same as a relation, if it is one.
    pub(crate) relation: Option<Relation<Name>>,
}

/// `n: u16`, or `n: u16 = count(items)`: a value that is on the wire and not in the struct.
pub(crate) struct OnWire {
    pub(crate) name: Ident,
    pub(crate) ty: Type,
    pub(crate) value: Option<OnWireValue>,
}

pub(crate) enum OnWireValue {
    Claim(Claim),
    Checksum(Checksum),
}

/// `low <= high, "low is above high"`
pub(crate) struct Check {
    pub(crate) holds: TokenStream,
    pub(crate) text: String,
}

/// `crc32(kind..=body)`: a function over the bytes of the fields from the first to the last.
#[derive(Clone)]
pub(crate) struct Checksum {
    pub(crate) function: TokenStream,
    pub(crate) first: Ident,
    pub(crate) last: Ident,
}

/// Constant bytes, as a value of a type with a layout.
pub(crate) struct Magic {
    pub(crate) ty: Type,
    pub(crate) value: TokenStream,
}

pub(super) fn claim(tokens: TokenStream) -> Claim {
    Claim { relation: relation(&tokens), tokens }
}

pub(super) fn on_wire(tokens: TokenStream) -> Result<Vec<OnWire>, Wrong> {
    cut(tokens).into_iter().map(one_on_wire).collect()
}

fn one_on_wire(tokens: TokenStream) -> Result<OnWire, Wrong> {
    struct Declared(Ident, Type, TokenStream);
    impl Parse for Declared {
        fn parse(input: ParseStream<'_>) -> syn::Result<Declared> {
            let name = input.parse()?;
            input.parse::<Token![:]>()?;
            let ty = input.parse()?;
            if input.is_empty() {
                return Ok(Declared(name, ty, TokenStream::new()));
            }
            input.parse::<Token![=]>()?;
            Ok(Declared(name, ty, input.parse()?))
        }
    }
    let Ok(Declared(name, ty, value)) = Declared::parse.parse2(peel(&tokens)) else {
        return wrong(tokens, catalogue::ON_WIRE);
    };
    let value = match (value.is_empty(), is_range_of_fields(&value)) {
        (true, _) => None,
        (false, true) => Some(OnWireValue::Checksum(checksum(value)?)),
        (false, false) => Some(OnWireValue::Claim(claim(value))),
    };
    Ok(OnWire { name, ty, value })
}

/// Whether a value is a function of a range of fields.
fn is_range_of_fields(value: &TokenStream) -> bool {
    match value.clone().into_iter().last() {
        Some(TokenTree::Group(group)) => {
            let ends = inclusive(&group.stream());
            ends.is_some_and(|(from, to)| ident(&from).is_some() && ident(&to).is_some())
        }
        _ => false,
    }
}

pub(super) fn check(tokens: TokenStream) -> Result<Check, Wrong> {
    let pieces = cut(tokens.clone());
    let [holds, text] = pieces.as_slice() else {
        return wrong(tokens, catalogue::CHECK);
    };
    match literal(text) {
        Some(syn::Lit::Str(text)) => Ok(Check { holds: holds.clone(), text: text.value() }),
        _ => wrong(text.clone(), catalogue::CHECK),
    }
}

pub(super) fn checksum(tokens: TokenStream) -> Result<Checksum, Wrong> {
    let mut function: Vec<TokenTree> = peel(&tokens).into_iter().collect();
    let Some(TokenTree::Group(range)) = function.pop() else {
        return wrong(tokens, catalogue::CHECKSUM);
    };
    let ends = inclusive(&range.stream()).and_then(|(from, to)| Some((ident(&from)?, ident(&to)?)));
    match ends {
        Some((first, last)) if !function.is_empty() => {
            Ok(Checksum { function: function.into_iter().collect(), first, last })
        }
        _ => wrong(tokens, catalogue::CHECKSUM),
    }
}

fn ident(tokens: &TokenStream) -> Option<Ident> {
    syn::parse2(peel(tokens)).ok()
}

/// A byte string, or a number with its type: `0x1234_u16`, `MAGIC as u16`.
pub(super) fn magic(tokens: TokenStream) -> Result<Magic, Wrong> {
    match literal(&tokens) {
        Some(syn::Lit::ByteStr(bytes)) => {
            let len = bytes.value().len();
            let ty = syn::parse_quote_spanned!(bytes.span()=> [::core::primitive::u8; #len]);
            return Ok(Magic { ty, value: quote::quote_spanned!(bytes.span()=> *#bytes) });
        }
        Some(syn::Lit::Int(number)) if !number.suffix().is_empty() => {
            let suffix = Ident::new(number.suffix(), number.span());
            let ty = syn::parse_quote_spanned!(number.span()=> ::core::primitive::#suffix);
            return Ok(Magic { ty, value: tokens });
        }
        _ => {}
    }
    let trees: Vec<TokenTree> = peel(&tokens).into_iter().collect();
    let cast = trees.iter().rposition(|tree| matches!(tree, TokenTree::Ident(it) if it == "as"));
    let ty = cast.and_then(|at| trees.get(at + 1..)).map(|ty| ty.iter().cloned().collect());
    match ty.and_then(|ty: TokenStream| syn::parse2::<Type>(ty).ok()) {
        Some(ty) => Ok(Magic { value: tokens.to_token_stream(), ty }),
        None => wrong(tokens.clone(), catalogue::magic(super::tokens::integer(&tokens))),
    }
}
