//! Rust out of the model. Nothing here reports a mistake of the user, and nothing decides.

mod bits;
mod cap;
mod choice;
mod conversation;
mod derived;
mod doc;
mod entry;
mod format;
mod growth;
mod head;
mod headed;
mod header;
mod message;
mod optional;
mod protocol;
mod record;
mod relation;
mod rich;
mod route;
mod steps;
mod stub;
mod tag;
mod ties;
mod used;
mod verify;

pub(crate) use stub::stubs;

use proc_macro2::TokenStream;

use crate::model::{Model, Outline, Purpose};

/// All impls of an item.
pub(crate) fn impls(outline: &Outline, model: &Model) -> TokenStream {
    let mut tokens = of_model(outline, model);
    tokens.extend(growth::warnings(outline));
    tokens
}

fn of_model(outline: &Outline, model: &Model) -> TokenStream {
    match model {
        Model::Struct(record) => {
            let table = doc::attribute(outline, &doc::of_record(outline, record));
            let mut tokens = match &outline.header {
                Some(before) => message::message(outline, record, before),
                None => documented(outline, &table, record::wire(outline, record)),
            };
            tokens.extend(entry::impls(outline, &table));
            tokens.extend(header::header(outline, record));
            tokens
        }
        Model::Enum(choice) => {
            let table = doc::attribute(outline, &doc::of_choice(outline, choice));
            let mut tokens = documented(outline, &table, choice::impls(outline, choice));
            tokens.extend(entry::impls(outline, &table));
            tokens
        }
        Model::Protocol(protocol) => {
            let table = doc::attribute(outline, &doc::of_protocol(outline, protocol));
            documented(outline, &table, protocol::impls(outline, protocol))
        }
    }
}

/// The impls, the first of which shows the layout: `Wire` of a part, `Protocol` of a protocol. That of
/// a message stands at `Message`, where its number is.
fn documented(outline: &Outline, table: &TokenStream, impls: TokenStream) -> TokenStream {
    match outline.purpose {
        Purpose::Part | Purpose::Protocol { .. } => {
            let mut tokens = table.clone();
            tokens.extend(impls);
            tokens
        }
        Purpose::Message { .. } => impls,
    }
}
