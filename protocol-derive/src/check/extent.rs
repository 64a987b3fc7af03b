//! Rules of `len`, `count`, `rest`, `until`, `pad_to`, `max` and `min`: what says where a field ends.

use proc_macro2::TokenStream;
use syn::Ident;
use syn::ext::IdentExt;

use super::names::Names;
use crate::errors::{Errors, catalogue};
use crate::syntax::{Measure, Width, Words, Written, bare_names, integer};

/// Applies the rules to a field, its items and its keys.
pub(super) fn rules(words: &Words, names: &Names<'_>, errors: &mut Errors) {
    one_extent(words, names, errors);
    fixed_extent_has_no_limits(words, names, errors);
    padded_has_its_own_format(words, errors);
    word_is_constant(words, names, errors);
    limits_fit_the_prefix(words, errors);
    limits_are_in_order(words, errors);
    for nested in [&words.item, &words.key].into_iter().flatten() {
        let nested = &nested.value;
        for (word, measure) in [("len", &nested.len), ("count", &nested.count)] {
            if let Some(Written { value: Measure::Claim(claim), .. }) = measure {
                extent_is_constant(word, &claim.tokens, names, errors);
            }
        }
        rules(nested, names, errors);
    }
}

/// A field ends in one place. Many protocols tell it twice, in bytes and in elements.
fn one_extent(words: &Words, names: &Names<'_>, errors: &mut Errors) {
    let extents = words.extents();
    if let Some(((first, _), others)) = extents.split_first() {
        for (word, key) in others {
            let counted = counted_in(words, names).filter(|_| (*first, *word) == ("len", "count"));
            errors.report(
                key,
                match counted {
                    Some(field) => catalogue::len_and_count(&field),
                    None => catalogue::no_effect(word, first),
                },
            );
        }
    }
}

/// The earlier field that `count` names.
fn counted_in(words: &Words, names: &Names<'_>) -> Option<Ident> {
    match &words.count.as_ref()?.value {
        Measure::Claim(claim) => {
            bare_names(&claim.tokens).into_iter().find(|ident| names.position(ident).is_some())
        }
        Measure::Prefix(_) => None,
    }
}

/// A fixed extent leaves nothing to limit. One that earlier fields tell does.
fn fixed_extent_has_no_limits(words: &Words, names: &Names<'_>, errors: &mut Errors) {
    let fixed = [("len", &words.len), ("count", &words.count)].into_iter().find(|(_, measure)| {
        measure.as_ref().is_some_and(|written| match &written.value {
            Measure::Prefix(_) => false,
            Measure::Claim(claim) => !names.tell(claim),
        })
    });
    if let Some((extent, _)) = fixed {
        for (word, limit) in [("max", &words.max), ("min", &words.min)] {
            if let Some(limit) = limit {
                errors.report(&limit.key, catalogue::no_effect(word, extent));
            }
        }
    }
}

/// A field that is filled up holds a value as it is.
fn padded_has_its_own_format(words: &Words, errors: &mut Errors) {
    if words.pad_to.is_none() {
        return;
    }
    let others = [
        ("max", words.max.as_ref().map(|it| &it.key)),
        ("min", words.min.as_ref().map(|it| &it.key)),
        ("item", words.item.as_ref().map(|it| &it.key)),
        ("key", words.key.as_ref().map(|it| &it.key)),
    ];
    for (word, key) in others {
        if let Some(key) = key {
            errors.report(key, catalogue::not_with_pad_to(word));
        }
    }
}

/// The byte that ends a run, a width, a gap, a limit and a version are the same for all values.
fn word_is_constant(words: &Words, names: &Names<'_>, errors: &mut Errors) {
    let given = [
        ("until", &words.until),
        ("pad_to", &words.pad_to),
        ("pad", &words.pad),
        ("align", &words.align),
        ("min", &words.min),
        ("max", &words.max),
        ("since", &words.since),
        ("removed", &words.removed),
    ];
    for (word, written) in given {
        if let Some(written) = written {
            let found = bare_names(&written.value);
            if let Some(field) = found.iter().find(|ident| names.position(ident).is_some()) {
                let text = catalogue::constant_from_field(word, &field.unraw().to_string());
                errors.report(&written.tokens, text);
            }
        }
    }
}

/// What the prefix cannot count can never be sent.
fn limits_fit_the_prefix(words: &Words, errors: &mut Errors) {
    let width = match (&words.len, &words.count, &words.rest) {
        (Some(measure), _, _) | (None, Some(measure), _) => match &measure.value {
            Measure::Prefix(prefix) => prefix.width,
            Measure::Claim(_) => return,
        },
        (None, None, Some(_)) => return,
        (None, None, None) if words.until.is_some() || words.pad_to.is_some() => return,
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

/// The items of a field are read where nothing names their neighbours.
fn extent_is_constant(word: &str, tokens: &TokenStream, names: &Names<'_>, errors: &mut Errors) {
    let found = bare_names(tokens);
    if let Some(field) = found.iter().find(|ident| names.position(ident).is_some()) {
        errors.report(tokens, catalogue::length_from_field(word, &field.unraw().to_string()));
    }
}
