//! Rules of conversations: who may send which message, and in which state.

use crate::errors::{Errors, catalogue};
use crate::syntax::{Item, Variant, same};
use crate::words::Word;

pub(super) fn rules(item: &Item, variants: &[Variant], errors: &mut Errors) {
    begins_somewhere(item, variants, errors);
    for variant in variants {
        leads_elsewhere(variant, errors);
        is_known(variant, errors);
    }
}

/// A table of states without a first one says nothing of a new connection.
fn begins_somewhere(item: &Item, variants: &[Variant], errors: &mut Errors) {
    if item.words.start.is_some() || item.words.is_unread(Word::Start) {
        return;
    }
    let first = variants.iter().find_map(|variant| {
        let words = &variant.words;
        let state = words.states.as_ref().and_then(|it| Some((&it.key, it.value.first()?)));
        state.or_else(|| words.then.as_ref().map(|it| (&it.key, &it.value)))
    });
    if let Some((key, state)) = first {
        errors.report(key, catalogue::conversation_without_start(&item.name, &state.name));
    }
}

/// `then` with the one state in which the message is sent is a mistake of the pen.
fn leads_elsewhere(variant: &Variant, errors: &mut Errors) {
    let (Some(states), Some(then)) = (&variant.words.states, &variant.words.then) else {
        return;
    };
    if let [only] = states.value.as_slice() {
        if same(&only.ty, &then.value.ty) {
            errors.report(&then.tokens, catalogue::then_stays(&only.name));
        }
    }
}

/// The rules are found by the number, and the catch-all is there for those that are not known.
fn is_known(variant: &Variant, errors: &mut Errors) {
    let words = &variant.words;
    if words.unknown.is_none() {
        return;
    }
    let from = words.from.as_ref().map(|it| &it.key);
    let states = words.states.as_ref().map(|it| &it.key);
    let then = words.then.as_ref().map(|it| &it.key);
    if let Some(key) = from.or(states).or(then) {
        errors.report(key, catalogue::RULES_OF_UNKNOWN.to_owned());
    }
}
