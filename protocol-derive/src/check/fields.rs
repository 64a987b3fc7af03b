//! Rules of the fields of a struct or a variant.

use quote::ToTokens;
use syn::Member;

use super::names::Names;
use super::relations::Relations;
use super::{bits, contradictions, extent, size, spelling};
use crate::errors::{Errors, catalogue};
use crate::syntax::{Body, Field, Item};

pub(super) fn rules(item: &Item, body: &Body, errors: &mut Errors) {
    let names = Names::of(body, &item.generics);
    let has_header = item.words.header.is_some();
    Relations { body, names: &names, container: &item.name, has_header }.rules(errors);
    for field in &body.fields {
        leaves_our_names(field, errors);
        has_a_size(field, errors);
        has_a_width(field, errors);
        skipped_has_no_format(field, errors);
        own_code_has_no_format(field, errors);
        contradictions::rules(field, errors);
        spelling::rules(field, errors);
        default_goes_with_skip(field, errors);
        what_comes_and_goes_stands_alone(field, errors);
        one_reason_to_be_there(field, errors);
        extent::rules(&field.words, &names, errors);
    }
    rest_comes_last(body, errors);
    bits::rules(body, errors);
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
    if let Some(cure) = size::sized_instead(&field.ty) {
        errors.report(&field.ty, catalogue::unsized_field(&field.ty.to_token_stream(), &cure));
    }
}

/// What is as wide as an address of the machine has other bytes on the next one.
fn has_a_width(field: &Field, errors: &mut Errors) {
    let words = &field.words;
    let is_converted = words.with.is_some() || words.as_type.is_some();
    if is_converted || words.skip.is_some() || words.header_field.is_some() {
        return;
    }
    if let Some(found) = size::of_any_width(&field.ty) {
        errors.report(found, catalogue::any_width(found));
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

/// A module of the user decides the whole format of its field.
fn own_code_has_no_format(field: &Field, errors: &mut Errors) {
    if field.words.with.is_none() || field.words.skip.is_some() {
        return;
    }
    for (word, key) in field.words.formats() {
        errors.report(key, catalogue::no_effect(word, "with"));
    }
}

/// A default stands in for what is not on the wire.
fn default_goes_with_skip(field: &Field, errors: &mut Errors) {
    let words = &field.words;
    let stands_in = words.skip.is_some() || words.since.is_some() || words.removed.is_some();
    if let (Some(default), false) = (&words.default, stands_in) {
        errors.report(&default.key, catalogue::DEFAULT_WITHOUT_SKIP.to_owned());
    }
}

/// What stands beside a field is there in every version, and would be left alone in some.
fn what_comes_and_goes_stands_alone(field: &Field, errors: &mut Errors) {
    let words = &field.words;
    if words.since.is_none() && words.removed.is_none() {
        return;
    }
    let beside = [
        ("before", words.before.as_ref().map(|it| &it.key)),
        ("magic", words.magic.as_ref().map(|it| &it.key)),
        ("align", words.align.as_ref().map(|it| &it.key)),
        ("pad", words.pad.as_ref().map(|it| &it.key)),
        ("after", words.after.as_ref().map(|it| &it.key)),
    ];
    for (word, key) in beside {
        if let Some(key) = key {
            errors.report(key, catalogue::in_every_version(word, &field.member));
        }
    }
}

/// Versions and conditions say the same of a field: whether it is there.
fn one_reason_to_be_there(field: &Field, errors: &mut Errors) {
    let words = &field.words;
    let version = [("since", &words.since), ("removed", &words.removed)]
        .into_iter()
        .find_map(|(word, written)| Some((word, &written.as_ref()?.key)));
    let condition = words.condition.as_ref().map(|it| ("if", &it.key));
    let tail = words.optional_tail.as_ref().map(|it| ("optional_tail", &it.key));
    if let (Some((version, _)), Some((word, key))) = (version, condition.or(tail)) {
        errors.report(key, catalogue::two_presences(word, version, &field.member));
    }
}

/// A field that takes all remaining bytes must come last: nothing tells where it ends. Only what seals
/// it, a checksum or a constant, can stand after it and be found from the end.
fn rest_comes_last(body: &Body, errors: &mut Errors) {
    let fields: Vec<&Field> = body.on_the_wire().collect();
    for (index, field) in fields.iter().enumerate() {
        let mut after = fields.iter().skip(index + 1);
        let unsealed =
            after.find(|next| next.words.checksum.is_none() && next.words.value.is_none());
        if let (Some(rest), Some(next)) = (field.words.rest_anywhere(), unsealed) {
            errors.report(rest, catalogue::rest_not_last(&field.member, &next.member));
        }
    }
}
