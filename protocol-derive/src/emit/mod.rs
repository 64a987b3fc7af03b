//! Rust out of the model. Nothing here reports a mistake of the user, and nothing decides.

mod bits;
mod choice;
mod derived;
mod entry;
mod format;
mod head;
mod protocol;
mod record;
mod relation;
mod rich;
mod route;
mod steps;
mod stub;
mod tag;
mod ties;
mod verify;

pub(crate) use stub::stubs;

use proc_macro2::TokenStream;

use crate::model::{Model, Outline};

/// All impls of an item.
pub(crate) fn impls(outline: &Outline, model: &Model) -> TokenStream {
    match model {
        Model::Struct(record) => {
            let mut tokens = record::wire(outline, record);
            tokens.extend(entry::impls(outline));
            tokens
        }
        Model::Enum(choice) => {
            let mut tokens = choice::impls(outline, choice);
            tokens.extend(entry::impls(outline));
            tokens
        }
        Model::Protocol(protocol) => protocol::impls(outline, protocol),
    }
}
