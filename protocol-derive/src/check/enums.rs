//! Rules of part enums: tags and the catch-all.

use crate::errors::{Errors, catalogue};
use crate::syntax::{Discriminant, Item, Style, TagType, Variant};
use crate::words::Word;

pub(super) fn rules(item: &Item, variants: &[Variant], errors: &mut Errors) {
    has_a_variant(item, variants, errors);
    discriminants_fit_the_tag(item, variants, errors);
    discriminants_are_known(variants, errors);
    one_catch_all(variants, errors);
    for variant in variants {
        catch_all_keeps_the_tag(variant, errors);
        super::fields::rules(&variant.body, &item.generics, errors);
    }
}

/// No value of an empty enum exists, so no byte can stand for one.
fn has_a_variant(item: &Item, variants: &[Variant], errors: &mut Errors) {
    if variants.is_empty() {
        errors.report(&item.name, catalogue::empty_enum(&item.name));
    }
}

/// A discriminant is written as the tag. Computed ones are compared by the compiler.
fn discriminants_fit_the_tag(item: &Item, variants: &[Variant], errors: &mut Errors) {
    if item.words.is_unread(Word::Tag) {
        return;
    }
    let tag = item.words.tag.as_ref().map_or(TagType::U8, |tag| tag.value);
    for variant in variants.iter().filter(|variant| variant.words.unknown.is_none()) {
        let Discriminant::Number(number) = variant.discriminant else {
            continue;
        };
        if number < 0 || number > i128::from(tag.most()) {
            let text = catalogue::discriminant_out_of_range(number, &variant.name, tag.name());
            match &variant.discriminant_tokens {
                Some(tokens) => errors.report(tokens, text),
                None => errors.report(&variant.name, text),
            }
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
    if let Some(tokens) = &variant.discriminant_tokens {
        errors.report(tokens, catalogue::catch_all_discriminant(&variant.name));
    }
    match variant.body.fields.first() {
        None => errors.report(&variant.name, catalogue::CATCH_ALL_EMPTY.to_owned()),
        Some(tag) => {
            if let Some((_, key)) = tag.words.all_of_the_wire().first() {
                errors.report(key, catalogue::CATCH_ALL_TAG_HAS_WORDS.to_owned());
            }
        }
    }
}
