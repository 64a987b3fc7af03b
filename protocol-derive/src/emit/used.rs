//! The names that the attributes of a wrong item use. The impls that would use them are not there, and what
//! imports them shall not be reported as unused.

use std::collections::BTreeSet;

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::{ToTokens, quote, quote_spanned};
use syn::GenericParam;
use syn::ext::IdentExt;

use crate::model::Outline;
use crate::paths::{adopted, located};
use crate::syntax::{BitWidth, Claim, Item, Measure, OnWire, OnWireValue, Shape, Words};

/// Uses of the names, which say nothing else.
pub(super) fn names(outline: &Outline, item: &Item) -> TokenStream {
    let mut all = Vec::new();
    let mut of = |words: &Words| written(words, &mut all);
    of(&item.words);
    match &item.shape {
        Shape::Struct(body) => body.fields.iter().for_each(|field| of(&field.words)),
        Shape::Enum(variants) => {
            for variant in variants {
                of(&variant.words);
                variant.body.fields.iter().for_each(|field| of(&field.words));
            }
        }
        Shape::Refused => {}
    }
    let parameters = outline.generics.params.iter().filter_map(|param| match param {
        GenericParam::Type(param) => Some(param.ident.unraw().to_string()),
        GenericParam::Const(param) => Some(param.ident.unraw().to_string()),
        GenericParam::Lifetime(_) => None,
    });
    let mut seen: BTreeSet<String> = parameters.collect();
    let mut first = Vec::new();
    all.into_iter().for_each(|tokens| first_names(tokens, &mut first));
    let new = first.into_iter().filter(|name| seen.insert(name.unraw().to_string()));
    let uses = new.map(|name| {
        let (name, span) = (adopted(&name), located(name.span()));
        quote_spanned!(span=> use #name as _;)
    });
    quote!(const _: () = { #(#uses)* };)
}

/// The expressions and types that are written in attributes.
fn written(words: &Words, all: &mut Vec<TokenStream>) {
    let constants = [
        &words.default,
        &words.max,
        &words.min,
        &words.align,
        &words.pad,
        &words.pad_to,
        &words.range,
        &words.removed,
        &words.since,
        &words.until,
        &words.version,
        &words.max_len,
    ];
    all.extend(constants.into_iter().flatten().map(|written| written.value.clone()));
    let claims = [&words.value, &words.condition, &words.order_of, &words.tag_of];
    all.extend(claims.into_iter().flatten().map(|written| written.value.tokens.clone()));
    for measure in [&words.len, &words.count].into_iter().flatten() {
        if let Measure::Claim(Claim { tokens, .. }) = &measure.value {
            all.push(tokens.clone());
        }
    }
    if let Some(BitWidth::Constant(tokens)) = words.bits.as_ref().map(|bits| &bits.value) {
        all.push(tokens.clone());
    }
    all.extend(words.check.iter().map(|check| check.value.holds.clone()));
    all.extend(words.checksum.iter().map(|sum| sum.value.function.clone()));
    all.extend(words.as_type.iter().map(|ty| ty.value.to_token_stream()));
    // A module, even if its name alone does not look so.
    all.extend(words.with.iter().map(|with| {
        let with = &with.value;
        quote!(#with::pack)
    }));
    for on_wire in [&words.before, &words.after].into_iter().flatten().flat_map(|it| &it.value) {
        all.extend(of_on_wire(on_wire));
    }
    for nested in [&words.item, &words.key].into_iter().flatten() {
        written(&nested.value, all);
    }
}

fn of_on_wire(on_wire: &OnWire) -> impl Iterator<Item = TokenStream> {
    let value = on_wire.value.as_ref().map(|value| match value {
        OnWireValue::Claim(claim) => claim.tokens.clone(),
        OnWireValue::Checksum(sum) => sum.function.clone(),
    });
    [on_wire.ty.to_token_stream()].into_iter().chain(value)
}

/// Where paths begin, as far as that can be told: with a name that is followed by `::`, or with one in upper
/// case.
fn first_names(tokens: TokenStream, names: &mut Vec<Ident>) {
    let trees: Vec<TokenTree> = tokens.into_iter().collect();
    let punct = |at: Option<usize>| match at.and_then(|at| trees.get(at)) {
        Some(TokenTree::Punct(punct)) => punct.as_char(),
        _ => ' ',
    };
    for (index, tree) in trees.iter().enumerate() {
        match tree {
            TokenTree::Group(group) => first_names(group.stream(), names),
            TokenTree::Ident(name) if !is_known_everywhere(name) => {
                let before = punct(index.checked_sub(1));
                let (next, second) = (punct(Some(index + 1)), punct(Some(index + 2)));
                let is_path = next == ':' && second == ':';
                let is_upper = name.to_string().starts_with(|first: char| first.is_uppercase());
                let is_first = !['.', ':', '\''].contains(&before) && next != '!';
                if is_first && (is_path || (is_upper && next != ':')) {
                    names.push(name.clone());
                }
            }
            TokenTree::Ident(_) | TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
}

/// Names that nobody imports.
fn is_known_everywhere(name: &Ident) -> bool {
    const NAMES: &[&str] = &[
        "Self", "self", "super", "crate", "$crate", "bool", "char", "str", "f32", "f64", "i8",
        "i16", "i32", "i64", "i128", "isize", "u8", "u16", "u32", "u64", "u128", "usize",
    ];
    NAMES.iter().any(|known| name == known)
}
