//! Rules of `len`, `count`, `rest`, `max` and `min`: what says where a field ends.

use proc_macro2::{Ident, TokenStream};
use syn::ext::IdentExt;
use syn::{GenericParam, Generics, Member};

use crate::errors::{Errors, catalogue};
use crate::syntax::{Body, Measure, Width, Words, Written, bare_names, integer, peel};
use crate::words;

/// Applies the rules to a field, its items and its keys.
pub(super) fn rules(words: &Words, body: &Body, generics: &Generics, errors: &mut Errors) {
    one_extent(words, errors);
    fixed_extent_has_no_limits(words, errors);
    limits_fit_the_prefix(words, errors);
    limits_are_in_order(words, errors);
    for (word, measure) in [("len", &words.len), ("count", &words.count)] {
        if let Some(Written { value: Measure::Constant(tokens), .. }) = measure {
            extent_is_constant(word, tokens, body, generics, errors);
        }
    }
    for nested in [&words.item, &words.key].into_iter().flatten() {
        rules(&nested.value, body, generics, errors);
    }
}

/// A field ends in one place.
fn one_extent(words: &Words, errors: &mut Errors) {
    let extents = words.extents();
    if let Some(((first, _), others)) = extents.split_first() {
        for (word, key) in others {
            errors.report(key, catalogue::no_effect(word, first));
        }
    }
}

/// A fixed extent leaves nothing to limit.
fn fixed_extent_has_no_limits(words: &Words, errors: &mut Errors) {
    let fixed = [("len", &words.len), ("count", &words.count)].into_iter().find(|(_, measure)| {
        measure.as_ref().is_some_and(|written| matches!(written.value, Measure::Constant(_)))
    });
    if let Some((extent, _)) = fixed {
        for (word, limit) in [("max", &words.max), ("min", &words.min)] {
            if let Some(limit) = limit {
                errors.report(&limit.key, catalogue::no_effect(word, extent));
            }
        }
    }
}

/// What the prefix cannot count can never be sent.
fn limits_fit_the_prefix(words: &Words, errors: &mut Errors) {
    let width = match (&words.len, &words.count, &words.rest) {
        (Some(measure), _, _) | (None, Some(measure), _) => match &measure.value {
            Measure::Prefix(prefix) => prefix.width,
            Measure::Constant(_) => return,
        },
        (None, None, Some(_)) => return,
        (None, None, None) => Width::U32,
    };
    let Some(most) = width.most() else {
        return;
    };
    for limit in [&words.max, &words.min].into_iter().flatten() {
        if integer(&limit.value).is_some_and(|limit| limit > i128::from(most)) {
            errors.report(&limit.tokens, catalogue::above_prefix(width.name(), most));
        }
    }
}

/// Nothing is at least 5 and at most 3.
fn limits_are_in_order(words: &Words, errors: &mut Errors) {
    let (Some(min), Some(max)) = (&words.min, &words.max) else {
        return;
    };
    if let (Some(least), Some(most)) = (integer(&min.value), integer(&max.value)) {
        if least > most {
            errors.report(&min.tokens, catalogue::min_above_max(least, most));
        }
    }
}

/// An extent that is no width is a constant. A field's name would be a length on the wire, which
/// is a later step; a lone name in lower case is a slip.
fn extent_is_constant(
    word: &str,
    tokens: &TokenStream,
    body: &Body,
    generics: &Generics,
    errors: &mut Errors,
) {
    let fields: Vec<String> = body.fields.iter().filter_map(name).collect();
    let found = bare_names(tokens);
    if let Some(field) = found.iter().find(|ident| fields.contains(&ident.unraw().to_string())) {
        errors.report(tokens, catalogue::length_from_field(word, &field.unraw().to_string()));
        return;
    }
    if let Ok(lone) = syn::parse2::<Ident>(peel(tokens)) {
        let text = lone.unraw().to_string();
        if text.starts_with(|first: char| first.is_ascii_lowercase()) && !is_const(&lone, generics)
        {
            let known = fields.iter().map(String::as_str).chain(Width::ALL.map(Width::name));
            let near = words::nearest(&text, known);
            errors.report(tokens, catalogue::no_such_field(&text, near));
        }
    }
}

fn name(field: &crate::syntax::Field) -> Option<String> {
    match &field.member {
        Member::Named(ident) => Some(ident.unraw().to_string()),
        Member::Unnamed(_) => None,
    }
}

fn is_const(ident: &Ident, generics: &Generics) -> bool {
    generics.params.iter().any(|param| match param {
        GenericParam::Const(param) => param.ident == *ident,
        GenericParam::Lifetime(_) | GenericParam::Type(_) => false,
    })
}
