//! Structs with a layout.

use proc_macro2::Ident;

use super::body::{Around, Body, Field, Role, Value, bit_order};
use super::{Format, Order};
use crate::syntax::{self, Trailing, Words};

/// Depth that a type may nest itself in if nothing else is said; the outermost value is 1.
const DEPTH_DEFAULT: u32 = 64;

/// A struct.
pub(crate) struct Record {
    pub(crate) body: Body,
    /// How deep values of the type may stand in each other, where that is counted.
    pub(crate) depth: Option<u32>,
    /// Fields may not be borrowed where they are.
    pub(crate) packed: bool,
}

impl Record {
    pub(super) fn of(
        name: &Ident,
        words: &Words,
        packed: bool,
        body: syntax::Body,
        order: Order,
    ) -> Record {
        let (bits, header) = (bit_order(words), words.header.is_some());
        let around = Around { container: name, prefix: "", order, bits, header };
        let mut body = Body::of(body.fields, words.magic.as_ref(), around);
        if let Some(keep) = words.trailing.as_ref().filter(|it| it.value == Trailing::Keep) {
            let last = body.fields.iter_mut().rev().find(|field| field.is_on_the_wire());
            if let Some(last) = last {
                let kept = Value::plain(Format::rest(keep.key.span(), order));
                last.role = Role::Value(Box::new(kept));
            }
        }
        let depth = depth(words, body.fields.iter_mut().collect());
        Record { body, depth, packed }
    }
}

/// Counts depth where a field names the type itself, and where `depth` asks for it. In the latter
/// case any field may lead back, so all of them are cut.
pub(super) fn depth(words: &Words, mut fields: Vec<&mut Field>) -> Option<u32> {
    let asked = words.depth.as_ref().map(|depth| depth.value);
    let recursive = fields.iter().any(|field| field.recursive && field.is_on_the_wire());
    if asked.is_some() && !recursive {
        for field in &mut fields {
            field.recursive = true;
        }
    }
    asked.or(recursive.then_some(DEPTH_DEFAULT))
}
