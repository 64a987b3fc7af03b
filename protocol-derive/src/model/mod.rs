//! What the item means: every word has taken effect, every default is filled in.
//!
//! Built only from what passed all rules. A contradiction has no spelling here.

mod body;
mod choice;
mod conversation;
mod expr;
mod format;
mod header;
mod outline;
mod protocol;
mod record;
mod solve;

pub(crate) use body::{
    Body, BodyExtent, Codec, Elsewhere, Field, Presence, Role, Source, Value, Versions,
};
pub(crate) use choice::{CatchAll, Choice, Holder, Integer, Tag, Variant};
pub(crate) use conversation::{Conversation, Reply, Rule};
pub(crate) use expr::{Expr, Root, Scope, Target, fields};
pub(crate) use format::{Extent, Format, Limits, Order, Seq, Unit};
pub(crate) use header::{Duty, HeaderBefore};
pub(crate) use outline::{Growing, Id, Outline, Purpose};
pub(crate) use protocol::{MessageVariant, Protocol, UnknownVariant, messages};
pub(crate) use record::Record;
pub(crate) use solve::{Absent, Cause, Derivation, Term, is_determined};

use crate::syntax::{Derive, Item, Shape};

/// The body of what is derived. What all derives have in common is the [`Outline`].
pub(crate) enum Model {
    Struct(Record),
    Enum(Choice),
    Protocol(Protocol),
}

impl Model {
    pub(crate) fn of(item: Item) -> Model {
        let order = Order::of(item.words.endian.as_ref());
        match item.shape {
            Shape::Struct(body) => {
                Model::Struct(Record::of(&item.name, &item.words, item.packed, body, order))
            }
            Shape::Enum(variants) => match item.derive {
                Derive::Protocol => Model::Protocol(Protocol::of(&item.words, variants)),
                Derive::Message | Derive::Wire => {
                    Model::Enum(Choice::of(&item.name, &item.words, variants, order))
                }
            },
            // It was reported, so nobody asks.
            Shape::Refused => Model::Protocol(Protocol::of(&item.words, Vec::new())),
        }
    }
}
