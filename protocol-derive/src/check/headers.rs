//! Rules of headers: the roles of their fields, and who may name one.

use quote::ToTokens;
use syn::GenericParam;

use crate::errors::{Errors, catalogue};
use crate::syntax::{Body, Derive, Field, HeaderRole, Item, Shape, Variant, Words, same};

pub(super) fn rules(item: &Item, errors: &mut Errors) {
    match (&item.shape, item.derive) {
        (Shape::Struct(body), Derive::Wire) => header(item, body, errors),
        (Shape::Struct(body), Derive::Message | Derive::Protocol) => {
            roles_stand_in_a_header(body, errors);
            constants_differ(&item.words, errors);
            for field in &body.fields {
                header_is_named(item, field, errors);
            }
        }
        (Shape::Enum(variants), Derive::Protocol) => protocol(item, variants, errors),
        (Shape::Enum(variants), Derive::Message | Derive::Wire) => {
            for variant in variants {
                roles_stand_in_a_header(&variant.body, errors);
                parts_see_no_header(&variant.body, errors);
            }
        }
        (Shape::Refused, Derive::Message | Derive::Wire | Derive::Protocol) => {}
    }
    for words in super::all_words(item) {
        of_goes_with_len(words, errors);
        field_stands_in_the_header(words, errors);
    }
}

fn header(item: &Item, body: &Body, errors: &mut Errors) {
    parts_see_no_header(body, errors);
    role_stands_on_the_wire(body, errors);
    each_role_once(body, errors);
    header_has_an_id(item, body, errors);
    header_borrows_nothing(item, body, errors);
}

fn protocol(item: &Item, variants: &[Variant], errors: &mut Errors) {
    header_says_how_the_id_stands(&item.words, errors);
    protocol_fixes_nothing(&item.words, errors);
    only_sent_keeps_nothing(item, variants, errors);
}

/// Only a struct that stands before bodies has fields that speak of them.
fn roles_stand_in_a_header(body: &Body, errors: &mut Errors) {
    for role in body.fields.iter().filter_map(|field| field.words.role.as_ref()) {
        errors.report(&role.key, catalogue::ROLE_OUTSIDE_HEADER.to_owned());
    }
}

/// What is not on the wire says nothing to the other side.
fn role_stands_on_the_wire(body: &Body, errors: &mut Errors) {
    for field in &body.fields {
        if let (Some(role), Some(_)) = (&field.words.role, &field.words.skip) {
            errors.report(&role.key, catalogue::no_effect("role", "skip"));
        }
    }
}

/// Two fields for one role could contradict each other.
fn each_role_once(body: &Body, errors: &mut Errors) {
    let mut seen: Vec<(HeaderRole, &Field)> = Vec::new();
    for field in &body.fields {
        let Some(role) = &field.words.role else {
            continue;
        };
        match seen.iter().find(|(other, _)| *other == role.value) {
            Some((_, twin)) => {
                let text = catalogue::role_twice(role.value.name(), &twin.member);
                errors.report(&role.tokens, text);
            }
            None => seen.push((role.value, field)),
        }
    }
}

/// A receiver tells messages apart by a number.
fn header_has_an_id(item: &Item, body: &Body, errors: &mut Errors) {
    let mut roles = body.fields.iter().filter_map(|field| field.words.role.as_ref()).peekable();
    let unread = body.fields.iter().any(|field| field.words.is_unread(crate::words::Word::Role));
    if roles.peek().is_some() && !unread && roles.all(|role| role.value != HeaderRole::Id) {
        errors.report(&item.name, catalogue::header_without_id(&item.name));
    }
}

/// A header is looked at before its message is there.
fn header_borrows_nothing(item: &Item, body: &Body, errors: &mut Errors) {
    if body.fields.iter().all(|field| field.words.role.is_none()) {
        return;
    }
    for param in &item.generics.params {
        if let GenericParam::Lifetime(param) = param {
            errors.report(param, catalogue::HEADER_BORROWS.to_owned());
        }
    }
}

/// `of` says what a length counts.
fn of_goes_with_len(words: &Words, errors: &mut Errors) {
    let Some(of) = &words.of else {
        return;
    };
    let is_len = words.role.as_ref().is_some_and(|role| role.value == HeaderRole::Len);
    if !is_len && !words.is_unread(crate::words::Word::Role) {
        errors.report(&of.key, catalogue::OF_WITHOUT_LEN.to_owned());
    }
}

/// A part stands in many messages, behind many headers, and so behind none.
fn parts_see_no_header(body: &Body, errors: &mut Errors) {
    for field in body.fields.iter().filter_map(|field| field.words.header_field.as_ref()) {
        errors.report(&field.key, catalogue::HEADER_IN_PART.to_owned());
    }
}

/// A field of the header is one of the header that the message names.
fn header_is_named(item: &Item, field: &Field, errors: &mut Errors) {
    let unread = item.words.is_unread(crate::words::Word::Header);
    if let (Some(word), None, false) = (&field.words.header_field, &item.words.header, unread) {
        errors.report(&word.key, catalogue::HEADER_NOT_NAMED.to_owned());
    }
}

/// What stands in the header does not stand in the body, so nothing about its bytes can be said.
fn field_stands_in_the_header(words: &Words, errors: &mut Errors) {
    if words.header_field.is_none() {
        return;
    }
    for (word, key) in words.all_of_the_wire() {
        errors.report(key, catalogue::no_effect(word, "header"));
    }
}

/// One field of the header holds one value.
fn constants_differ(words: &Words, errors: &mut Errors) {
    let Some(header) = &words.header else {
        return;
    };
    let constants = &header.value.constants;
    for (index, (member, _)) in constants.iter().enumerate() {
        if constants.iter().take(index).any(|(other, _)| same(other, member)) {
            let text = catalogue::given_twice(&member.to_token_stream().to_string());
            errors.report(member, text);
        }
    }
}

/// Where a header stands before the body, it holds the number, and knows its width and order.
fn header_says_how_the_id_stands(words: &Words, errors: &mut Errors) {
    if words.header.is_none() {
        return;
    }
    let given = [
        ("id", words.id.as_ref().map(|it| &it.key)),
        ("endian", words.endian.as_ref().map(|it| &it.key)),
    ];
    for (word, key) in given {
        if let Some(key) = key {
            errors.report(key, catalogue::no_effect(word, "header"));
        }
    }
}

/// What all messages of a protocol have in common is the default of the header.
fn protocol_fixes_nothing(words: &Words, errors: &mut Errors) {
    if let Some((member, _)) = words.header.as_ref().and_then(|it| it.value.constants.first()) {
        errors.report(member, catalogue::PROTOCOL_FIXES.to_owned());
    }
}

/// What is only sent was never received, so nothing of it is unknown.
fn only_sent_keeps_nothing(item: &Item, variants: &[Variant], errors: &mut Errors) {
    if item.words.duplicate_ids.is_none() {
        return;
    }
    for unknown in variants.iter().filter_map(|variant| variant.words.unknown.as_ref()) {
        errors.report(&unknown.key, catalogue::no_effect("unknown", "duplicate_ids"));
    }
}
