//! Rules about what the words of one field leave over: nothing for another word, or no value at all.

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::ToTokens;
use syn::Type;

use crate::errors::{Errors, catalogue};
use crate::syntax::{BitWidth, Field, Words, Written, integer};

pub(super) fn rules(field: &Field, errors: &mut Errors) {
    skipped_is_not_on_the_wire(&field.words, errors);
    own_code_has_no_type(&field.words, errors);
    one_word_says_the_value(&field.words, errors);
    one_word_says_whether_it_is_there(&field.words, errors);
    is_there_in_some_version(field, errors);
    range_has_a_number(&field.words, errors);
    value_fits(field, errors);
}

/// What is not on the wire has no value there, in no version.
fn skipped_is_not_on_the_wire(words: &Words, errors: &mut Errors) {
    if words.skip.is_none() {
        return;
    }
    let given = [
        ("as", key(&words.as_type)),
        ("checksum", key(&words.checksum)),
        ("if", key(&words.condition)),
        ("optional_tail", key(&words.optional_tail)),
        ("range", key(&words.range)),
        ("removed", key(&words.removed)),
        ("reserved", key(&words.blank)),
        ("secret", key(&words.secret)),
        ("since", key(&words.since)),
        ("tag", key(&words.tag_of)),
        ("value", key(&words.value)),
    ];
    for (word, key) in given {
        if let Some(key) = key {
            errors.report(key, catalogue::no_effect(word, "skip"));
        }
    }
}

/// The functions of a module have the field's own type.
fn own_code_has_no_type(words: &Words, errors: &mut Errors) {
    if let (Some(_), Some(ty)) = (&words.with, &words.as_type) {
        errors.report(&ty.key, catalogue::no_effect("as", "with"));
    }
}

/// Two words that say what is written would have to agree, and nobody could see whether they do.
fn one_word_says_the_value(words: &Words, errors: &mut Errors) {
    let given = [
        ("checksum", key(&words.checksum)),
        ("value", key(&words.value)),
        ("reserved", key(&words.blank)),
    ];
    let mut given = given.into_iter().filter_map(|(word, key)| Some((word, key?)));
    if let Some((first, _)) = given.next() {
        given.for_each(|(word, key)| errors.report(key, catalogue::no_effect(word, first)));
    }
}

/// What a flag says need not be true of the bytes that are left.
fn one_word_says_whether_it_is_there(words: &Words, errors: &mut Errors) {
    if let (Some(_), Some(tail)) = (&words.condition, &words.optional_tail) {
        errors.report(&tail.key, catalogue::no_effect("optional_tail", "if"));
    }
}

/// A field that goes before it comes is never there.
fn is_there_in_some_version(field: &Field, errors: &mut Errors) {
    let number = |written: &Option<Written<TokenStream>>| integer(&written.as_ref()?.tokens);
    let (since, removed) = (number(&field.words.since), number(&field.words.removed));
    if let (Some(since), Some(removed), Some(key)) = (since, removed, key(&field.words.removed)) {
        if removed <= since {
            errors.report(key, catalogue::never_there(&field.member, since, removed));
        }
    }
}

/// No number is within limits that are the wrong way round.
fn range_has_a_number(words: &Words, errors: &mut Errors) {
    let Some(range) = &words.range else { return };
    let trees: Vec<TokenTree> = range.tokens.clone().into_iter().collect();
    let is_dot = |tree: &TokenTree| matches!(tree, TokenTree::Punct(it) if it.as_char() == '.');
    let Some(dots) = trees.iter().position(is_dot) else { return };
    let (first, rest) = trees.split_at(dots);
    let is_inclusive = matches!(rest.get(2), Some(TokenTree::Punct(it)) if it.as_char() == '=');
    let last = rest.get(if is_inclusive { 3 } else { 2 }..).unwrap_or(&[]);
    let number = |trees: &[TokenTree]| integer(&trees.iter().cloned().collect());
    if let (Some(first), Some(last)) = (number(first), number(last)) {
        if first > last || (first == last && !is_inclusive) {
            let dots = if is_inclusive { "..=" } else { ".." };
            let text = catalogue::empty_range(&format!("{first}{dots}{last}"));
            errors.report(&range.tokens, text);
        }
    }
}

/// A constant that the field cannot hold could never be sent.
fn value_fits(field: &Field, errors: &mut Errors) {
    let Some(value) = &field.words.value else { return };
    let (Some(number), Some((width, is_signed))) =
        (integer(&value.tokens), integer_type(&field.ty))
    else {
        return;
    };
    let (bits, room) = match field.words.bits.as_ref().map(|bits| &bits.value) {
        Some(BitWidth::Number(bits)) => (*bits, format!("{bits} bits")),
        Some(BitWidth::Constant(_)) => return,
        None => (width, format!("`{}`", catalogue::type_text(&field.ty.to_token_stream()))),
    };
    // Of more bits than the type has, another rule speaks.
    let beyond = 1_i128 << bits.min(width).saturating_sub(u32::from(is_signed));
    let least = if is_signed { -beyond } else { 0 };
    if !(least..beyond).contains(&number) {
        errors.report(&value.tokens, catalogue::value_too_large(number, &field.member, &room));
    }
}

/// The bits of an integer whose type is spelled out, up to 64, and whether it has a sign.
fn integer_type(ty: &Type) -> Option<(u32, bool)> {
    let Type::Path(path) = ty else { return None };
    match path.path.get_ident()?.to_string().as_str() {
        "u8" => Some((8, false)),
        "u16" => Some((16, false)),
        "u32" => Some((32, false)),
        "u64" => Some((64, false)),
        "i8" => Some((8, true)),
        "i16" => Some((16, true)),
        "i32" => Some((32, true)),
        "i64" => Some((64, true)),
        _ => None,
    }
}

fn key<T>(written: &Option<Written<T>>) -> Option<&Ident> {
    written.as_ref().map(|it| &it.key)
}
