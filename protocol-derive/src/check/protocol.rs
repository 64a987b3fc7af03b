//! Rules of the enum that lists the messages of a protocol.

use quote::ToTokens;
use syn::Type;

use super::enums::one_catch_all;
use crate::errors::{Errors, catalogue};
use crate::syntax::{IdWidth, Item, Range, Style, Variant, same};
use crate::words::Word;

pub(super) fn rules(item: &Item, variants: &[Variant], errors: &mut Errors) {
    has_messages(item, variants, errors);
    for variant in variants {
        holds_one_message(variant, errors);
        has_no_discriminant(variant, errors);
    }
    one_catch_all(variants, errors);
    messages_differ(variants, errors);
    reserved_fits_the_id(item, errors);
}

/// A protocol without messages has nothing to say.
fn has_messages(item: &Item, variants: &[Variant], errors: &mut Errors) {
    if variants.is_empty() {
        errors.report(&item.name, catalogue::empty_protocol(&item.name));
    }
}

/// A variant is a message, neither more nor less: its layout stands on the message.
fn holds_one_message(variant: &Variant, errors: &mut Errors) {
    let body = &variant.body;
    if body.only_type().is_some() {
        return;
    }
    let text = match &variant.words.unknown {
        Some(_) => catalogue::CATCH_ALL_SHAPE.to_owned(),
        None => catalogue::not_one_message(&variant.name),
    };
    match body.style {
        Style::Named | Style::Tuple => errors.report(&body.tokens, text),
        Style::Unit => errors.report(&variant.name, text),
    }
}

/// The number is the message's own.
fn has_no_discriminant(variant: &Variant, errors: &mut Errors) {
    if let Some(tokens) = &variant.discriminant_tokens {
        errors.report(tokens, catalogue::protocol_discriminant(&variant.name));
    }
}

/// The same type twice has the same number twice, and could be converted to either variant.
fn messages_differ(variants: &[Variant], errors: &mut Errors) {
    let mut earlier: Vec<(&Variant, &Type)> = Vec::new();
    for variant in variants.iter().filter(|variant| variant.words.unknown.is_none()) {
        let Some(ty) = variant.body.only_type() else {
            continue;
        };
        match earlier.iter().find(|(_, other)| same(*other, ty)) {
            Some((twin, _)) => {
                errors.report(ty, catalogue::message_twice(&ty.to_token_stream(), &twin.name));
            }
            None => earlier.push((variant, ty)),
        }
    }
}

/// What is reserved must be a number that could be given out, and be reserved once.
fn reserved_fits_the_id(item: &Item, errors: &mut Errors) {
    let Some(reserved) = &item.words.reserved else {
        return;
    };
    let width = item.words.id.as_ref().map_or(IdWidth::U8, |id| id.value.width);
    let ranges: &[Range] = &reserved.value;
    for (index, range) in ranges.iter().enumerate() {
        let beyond = range.last > width.most() && !item.words.is_unread(Word::Id);
        let overlaps = |other: &&Range| other.first <= range.last && range.first <= other.last;
        if beyond {
            let text =
                catalogue::reserved_too_large(range.first, range.last, width.bytes(), width.most());
            errors.report(&reserved.tokens, text);
        } else if let Some(other) = ranges.iter().take(index).find(overlaps) {
            let (first, last) = (range.first.max(other.first), range.last.min(other.last));
            errors.report(&reserved.tokens, catalogue::reserved_overlap(first, last));
        }
    }
}
