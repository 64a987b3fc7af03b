//! Rules of the fields of a struct or a variant.

use quote::ToTokens;
use syn::{Generics, Member, Type};

use super::extent;
use crate::errors::{Errors, catalogue};
use crate::syntax::{Body, Field};

pub(super) fn rules(body: &Body, generics: &Generics, errors: &mut Errors) {
    for field in &body.fields {
        leaves_our_names(field, errors);
        has_a_size(field, errors);
        skipped_has_no_format(field, errors);
        own_code_has_no_format(field, errors);
        a_number_has_no_extent(field, errors);
        default_goes_with_skip(field, errors);
        extent::rules(&field.words, body, generics, errors);
    }
    rest_comes_last(body, errors);
}

/// Bindings of the generated code begin with `__wire_`.
fn leaves_our_names(field: &Field, errors: &mut Errors) {
    if let Member::Named(ident) = &field.member {
        if ident.to_string().starts_with("__wire_") {
            errors.report(ident, catalogue::RESERVED_NAME.to_owned());
        }
    }
}

/// A value without a size cannot be made from bytes.
fn has_a_size(field: &Field, errors: &mut Errors) {
    if let Some(cure) = sized_instead(&field.ty) {
        errors.report(&field.ty, catalogue::unsized_field(&field.ty.to_token_stream(), &cure));
    }
}

/// What to write in place of a type that has no size; nothing if it may have one.
pub(super) fn sized_instead(ty: &Type) -> Option<String> {
    match ty {
        Type::Slice(slice) => {
            let element = slice.elem.to_token_stream();
            Some(format!("`Vec<{element}>` or `&[{element}]`"))
        }
        Type::Path(path) if path.qself.is_none() && path.path.is_ident("str") => {
            Some("`String` or `&str`".to_owned())
        }
        Type::TraitObject(_) => Some("an enum that derives `Wire`".to_owned()),
        _ => None,
    }
}

/// A skipped field is not on the wire, so nothing about the wire can be said of it.
fn skipped_has_no_format(field: &Field, errors: &mut Errors) {
    if field.words.skip.is_none() {
        return;
    }
    for (word, key) in field.words.formats().into_iter().chain(field.words.codec()) {
        errors.report(key, catalogue::no_effect(word, "skip"));
    }
}

/// A single number has neither a length nor elements. Only names of primitive types are recognised;
/// for all others the compiler knows better.
fn a_number_has_no_extent(field: &Field, errors: &mut Errors) {
    let Type::Path(path) = &field.ty else {
        return;
    };
    let is_number = path.qself.is_none() && NUMBERS.iter().any(|name| path.path.is_ident(name));
    if !is_number || field.words.skip.is_some() || field.words.with.is_some() {
        return;
    }
    let words = field.words.formats();
    if let Some((word, key)) = words.iter().find(|(word, _)| *word != "endian") {
        let ty = path.to_token_stream();
        errors.report(key, catalogue::extent_of_a_number(word, &field.member, &ty));
    }
}

const NUMBERS: &[&str] = &[
    "bool", "char", "f32", "f64", "i8", "i16", "i32", "i64", "i128", "u8", "u16", "u32", "u64",
    "u128",
];

/// A module of the user decides the whole format of its field.
fn own_code_has_no_format(field: &Field, errors: &mut Errors) {
    if field.words.with.is_none() || field.words.skip.is_some() {
        return;
    }
    for (word, key) in field.words.formats() {
        errors.report(key, catalogue::no_effect(word, "with"));
    }
}

/// A default stands in for what is not on the wire. Other uses of it come later.
fn default_goes_with_skip(field: &Field, errors: &mut Errors) {
    if let (Some(default), None) = (&field.words.default, &field.words.skip) {
        errors.report(&default.key, catalogue::DEFAULT_WITHOUT_SKIP.to_owned());
    }
}

/// A field that takes all remaining bytes must come last: nothing tells where it ends.
fn rest_comes_last(body: &Body, errors: &mut Errors) {
    let fields: Vec<&Field> = body.on_the_wire().collect();
    for pair in fields.windows(2) {
        if let [field, next] = pair {
            if let Some(rest) = field.words.rest_anywhere() {
                errors.report(rest, catalogue::rest_not_last(&field.member, &next.member));
            }
        }
    }
}
