//! The rules: whether what was written goes together.
//!
//! Each rule is one function with its reason. A rule reports and changes nothing; what passes all
//! of them has a meaning, which `model` gives it.

mod bits;
mod container;
mod contradictions;
mod conversation;
mod enums;
mod extent;
mod fields;
mod headers;
mod names;
mod protocol;
mod relations;
mod size;
mod spelling;
mod versions;

use crate::errors::Errors;
use crate::syntax::{Body, Derive, Item, Shape, Words};

/// Applies all rules to the item.
pub(crate) fn rules(item: &Item, errors: &mut Errors) {
    container::rules(item, errors);
    bits::order_has_fields(item, errors);
    headers::rules(item, errors);
    match (&item.shape, item.derive) {
        (Shape::Struct(body), Derive::Message | Derive::Wire | Derive::Protocol) => {
            fields::rules(item, body, errors);
            container::kept_trailing_has_a_field(item, body, errors);
        }
        (Shape::Enum(variants), Derive::Wire | Derive::Message) => {
            enums::rules(item, variants, errors);
            container::only_structs_keep_what_trails(item, errors);
        }
        (Shape::Enum(variants), Derive::Protocol) => {
            protocol::rules(item, variants, errors);
            conversation::rules(item, variants, errors);
        }
        (Shape::Refused, Derive::Message | Derive::Wire | Derive::Protocol) => {}
    }
}

/// The words of the item, its variants and its fields.
fn all_words(item: &Item) -> Vec<&Words> {
    let mut words = vec![&item.words];
    let bodies: Vec<&Body> = match &item.shape {
        Shape::Struct(body) => vec![body],
        Shape::Enum(variants) => {
            words.extend(variants.iter().map(|variant| &variant.words));
            variants.iter().map(|variant| &variant.body).collect()
        }
        Shape::Refused => Vec::new(),
    };
    words.extend(bodies.into_iter().flat_map(|body| &body.fields).map(|field| &field.words));
    words
}

/// Whether impls of the item can compile at all: not if its generics clash with theirs, or if it
/// has no size. Of the latter the compiler knows too, so nothing need have been reported.
pub(crate) fn impls_can_compile(item: &Item) -> bool {
    size::is_sized(item) && !item.generics.params.iter().any(container::takes_our_name)
}
