//! The rules: whether what was written goes together.
//!
//! Each rule is one function with its reason. A rule reports and changes nothing; what passes all
//! of them has a meaning, which `model` gives it.

mod container;
mod enums;
mod extent;
mod fields;
mod protocol;
mod size;

use crate::errors::Errors;
use crate::syntax::{Derive, Item, Shape};

/// Applies all rules to the item.
pub(crate) fn rules(item: &Item, errors: &mut Errors) {
    container::rules(item, errors);
    match (&item.shape, item.derive) {
        (Shape::Struct(body), Derive::Message | Derive::Wire | Derive::Protocol) => {
            fields::rules(body, &item.generics, errors);
            container::kept_trailing_has_a_field(item, body, errors);
        }
        (Shape::Enum(variants), Derive::Wire | Derive::Message) => {
            enums::rules(item, variants, errors);
        }
        (Shape::Enum(variants), Derive::Protocol) => protocol::rules(item, variants, errors),
        (Shape::Refused, Derive::Message | Derive::Wire | Derive::Protocol) => {}
    }
}

/// Whether impls of the item can compile at all: not if its generics clash with theirs, or if it
/// has no size. Of the latter the compiler knows too, so nothing need have been reported.
pub(crate) fn impls_can_compile(item: &Item) -> bool {
    size::is_sized(item) && !item.generics.params.iter().any(container::takes_our_name)
}
