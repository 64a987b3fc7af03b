//! Rules of part enums: tags and the catch-all.

use crate::errors::{Errors, catalogue};
use crate::syntax::{
    Discriminant, Field, Item, Prefix, Range, Style, TagWritten, Variant, Width, Written,
};
use crate::words::Word;

pub(super) fn rules(item: &Item, variants: &[Variant], errors: &mut Errors) {
    has_a_variant(item, variants, errors);
    tags_fit_their_type(item, variants, errors);
    discriminants_are_known(variants, errors);
    all_or_none_have_a_tag(variants, errors);
    tags_differ(variants, errors);
    one_catch_all(variants, errors);
    for variant in variants {
        one_of_tag_and_discriminant(variant, errors);
        catch_all_keeps_the_tag(variant, errors);
        range_keeps_the_tag(variant, errors);
        super::fields::rules(item, &variant.body, errors);
    }
}

/// No value of an empty enum exists, so no byte can stand for one.
fn has_a_variant(item: &Item, variants: &[Variant], errors: &mut Errors) {
    if variants.is_empty() {
        errors.report(&item.name, catalogue::empty_enum(&item.name));
    }
}

/// What is written as the tag fits its type. Constants are compared by the compiler.
fn tags_fit_their_type(item: &Item, variants: &[Variant], errors: &mut Errors) {
    if item.words.is_unread(Word::Tag) {
        return;
    }
    let width = item.words.tag.as_ref().map_or(Width::U8, |Written { value, .. }| {
        let Prefix { width, order: _ } = value;
        *width
    });
    let most = width.most().unwrap_or(u64::MAX);
    for variant in variants.iter().filter(|variant| variant.words.unknown.is_none()) {
        match &variant.words.tag_number {
            Some(tag) => {
                if let Some(last) = numbers(&tag.value).map(|it| it.last).filter(|it| *it > most) {
                    let text = catalogue::tag_out_of_range(last, &variant.name, width.name());
                    errors.report(&tag.tokens, text);
                }
            }
            None => discriminant_fits(variant, width, most, errors),
        }
    }
}

/// A discriminant is written as the tag.
fn discriminant_fits(variant: &Variant, width: Width, most: u64, errors: &mut Errors) {
    let Discriminant::Number(number) = variant.discriminant else {
        return;
    };
    if number < 0 || number > i128::from(most) {
        let text = catalogue::discriminant_out_of_range(number, &variant.name, width.name());
        match &variant.discriminant_tokens {
            Some(tokens) => errors.report(tokens, text),
            None => errors.report(&variant.name, text),
        }
    }
}

/// Rust gives the discriminant of a variant as a number only where no variant has fields.
fn discriminants_are_known(variants: &[Variant], errors: &mut Errors) {
    if variants.iter().all(|variant| variant.body.style == Style::Unit) {
        return;
    }
    for variant in variants {
        if let (Some(tokens), Discriminant::Computed) =
            (&variant.discriminant_tokens, variant.discriminant)
        {
            errors.report(tokens, catalogue::DISCRIMINANT_NOT_LITERAL.to_owned());
        }
    }
}

/// A tag that is written says so instead of the discriminant.
fn one_of_tag_and_discriminant(variant: &Variant, errors: &mut Errors) {
    if let (Some(tag), Some(_)) = (&variant.words.tag_number, &variant.discriminant_tokens) {
        errors.report(&tag.key, catalogue::tag_and_discriminant(&variant.name));
    }
}

/// Rust counts on from the discriminant before, and not from the tag before, so a reader of the
/// source could not tell which tag is meant.
fn all_or_none_have_a_tag(variants: &[Variant], errors: &mut Errors) {
    let Some(other) = variants.iter().find(|variant| variant.words.tag_number.is_some()) else {
        return;
    };
    for variant in variants {
        let words = &variant.words;
        let has_one = words.tag_number.is_some() || words.is_unread(Word::TagNumber);
        if !has_one && words.unknown.is_none() && variant.discriminant_tokens.is_none() {
            errors.report(&variant.name, catalogue::tag_missing(&variant.name, &other.name));
        }
    }
}

/// What stands for two variants could be read as either. Of two discriminants the compiler knows.
fn tags_differ(variants: &[Variant], errors: &mut Errors) {
    for (index, variant) in variants.iter().enumerate() {
        let Some((tag, own)) = known_tags(variant) else {
            continue;
        };
        for earlier in variants.iter().take(index) {
            let Some((first, others)) = known_tags(earlier) else {
                continue;
            };
            let shared = own.first.max(others.first);
            if shared > own.last.min(others.last) {
                continue;
            }
            let text = catalogue::tag_twice(shared, &variant.name, &earlier.name);
            if let Some(tag) = tag.or(first) {
                errors.report(&tag.tokens, text);
                break;
            }
        }
    }
}

/// The tags of a variant, as far as they are known here, with the word that says so.
fn known_tags(variant: &Variant) -> Option<(Option<&Written<TagWritten>>, Range)> {
    if variant.words.unknown.is_some() {
        return None;
    }
    match (&variant.words.tag_number, variant.discriminant) {
        (Some(tag), _) => Some((Some(tag), numbers(&tag.value)?)),
        (None, Discriminant::Number(number)) => {
            let number = u64::try_from(number).ok()?;
            Some((None, Range { first: number, last: number }))
        }
        (None, Discriminant::Computed) => None,
    }
}

fn numbers(tag: &TagWritten) -> Option<Range> {
    match tag {
        TagWritten::Number(number) => Some(Range { first: *number, last: *number }),
        TagWritten::Range(range) => Some(*range),
        TagWritten::Constant(_) => None,
    }
}

/// Two catch-alls would both be right.
pub(super) fn one_catch_all(variants: &[Variant], errors: &mut Errors) {
    let mut first = None;
    for variant in variants {
        let Some(unknown) = &variant.words.unknown else {
            continue;
        };
        match first {
            None => first = Some(&variant.name),
            Some(first) => errors.report(&unknown.key, catalogue::two_catch_alls(first)),
        }
    }
}

/// What is read as an unknown tag must be written as the same tag.
fn catch_all_keeps_the_tag(variant: &Variant, errors: &mut Errors) {
    if variant.words.unknown.is_none() {
        return;
    }
    let text = || catalogue::catch_all_discriminant(&variant.name);
    if let Some(tokens) = &variant.discriminant_tokens {
        errors.report(tokens, text());
    }
    if let Some(tag) = &variant.words.tag_number {
        errors.report(&tag.key, text());
    }
    match variant.body.fields.first() {
        None => errors.report(&variant.name, catalogue::CATCH_ALL_EMPTY.to_owned()),
        Some(tag) => tag_has_no_words(tag, errors),
    }
}

/// What is read as one of several tags must be written as the same tag.
fn range_keeps_the_tag(variant: &Variant, errors: &mut Errors) {
    let Some(Written { value: TagWritten::Range(_), .. }) = &variant.words.tag_number else {
        return;
    };
    match variant.body.fields.first() {
        None => errors.report(&variant.name, catalogue::RANGE_EMPTY.to_owned()),
        Some(tag) => tag_has_no_words(tag, errors),
    }
}

fn tag_has_no_words(tag: &Field, errors: &mut Errors) {
    if let Some((_, key)) = tag.words.all_of_the_wire().first() {
        errors.report(key, catalogue::TAG_HAS_WORDS.to_owned());
    }
}
