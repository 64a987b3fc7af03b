//! Rules of a whole struct or enum: its number, its name, its generics, what follows it.

use syn::GenericParam;

use crate::errors::{Errors, catalogue};
use crate::syntax::{Body, Derive, IdWidth, Item, Number, NumberWritten, Shape, Trailing, Words};
use crate::words::Word;

pub(super) fn rules(item: &Item, errors: &mut Errors) {
    has_a_number(item, errors);
    number_fits_the_id(item, errors);
    generics_leave_our_names(item, errors);
}

/// A receiver tells messages apart by their numbers.
fn has_a_number(item: &Item, errors: &mut Errors) {
    if item.derive == Derive::Message && matches!(item.number, NumberWritten::Missing) {
        errors.report(&item.name, catalogue::number_missing(&item.name));
    }
}

/// A literal number is compared with the id type here, so that the cure can be named.
fn number_fits_the_id(item: &Item, errors: &mut Errors) {
    let NumberWritten::Given(Number::Literal { value, tokens }) = &item.number else {
        return;
    };
    let width = id_width(&item.words);
    let fits = u64::try_from(*value).is_ok_and(|value| value <= width.most());
    if fits || item.words.is_unread(Word::Id) {
        return;
    }
    let wider = wide_enough(width, *value);
    let text = catalogue::number_too_wide(*value, width.bytes(), width.most(), wider);
    errors.report(tokens, text);
}

fn id_width(words: &Words) -> IdWidth {
    words.id.as_ref().map_or(IdWidth::U8, |id| id.value.width)
}

/// The narrowest id type above `width` that holds the number.
fn wide_enough(width: IdWidth, number: u128) -> Option<&'static str> {
    let wider = width.wider()?;
    if number <= u128::from(wider.most()) { Some(wider.name()) } else { wide_enough(wider, number) }
}

/// The impls declare generics of their own.
fn generics_leave_our_names(item: &Item, errors: &mut Errors) {
    if matches!(item.shape, Shape::Refused) {
        return;
    }
    for param in item.generics.params.iter().filter(|param| takes_our_name(param)) {
        errors.report(param, catalogue::RESERVED_NAME.to_owned());
    }
}

pub(super) fn takes_our_name(param: &GenericParam) -> bool {
    let ident = match param {
        GenericParam::Lifetime(param) => &param.lifetime.ident,
        GenericParam::Type(param) => &param.ident,
        GenericParam::Const(param) => &param.ident,
    };
    let ident = ident.to_string();
    ident.starts_with("__wire")
        || ["__O", "__R", "__S", "__W", "__any", "__of"].contains(&ident.as_str())
}

/// `trailing = keep` turns the last field into one that takes the rest.
pub(super) fn kept_trailing_has_a_field(item: &Item, body: &Body, errors: &mut Errors) {
    let Some(trailing) = &item.words.trailing else {
        return;
    };
    if trailing.value != Trailing::Keep {
        return;
    }
    let Some(last) = body.on_the_wire().last() else {
        errors.report(&trailing.tokens, catalogue::TRAILING_NEEDS_FIELD.to_owned());
        return;
    };
    for (word, key) in last.words.extents().into_iter().chain(last.words.codec()) {
        errors.report(key, catalogue::trailing_has_extent(&last.member, word));
    }
}

/// An enum has no last field that could keep them.
pub(super) fn only_structs_keep_what_trails(item: &Item, errors: &mut Errors) {
    if let Some(trailing) = item.words.trailing.as_ref().filter(|it| it.value == Trailing::Keep) {
        errors.report(&trailing.tokens, catalogue::TRAILING_ON_ENUM.to_owned());
    }
}
