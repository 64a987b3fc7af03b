//! Structs with a layout: fields in their order.

use proc_macro2::{Ident, TokenStream};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::{Member, Type};

use super::{Format, Order};
use crate::syntax::{self, Body, Trailing, Words, mentions};

/// Depth that a type may nest itself in if nothing else is said; the outermost value is 1.
const DEPTH_DEFAULT: u32 = 64;

/// The fields of a struct, in the order of the wire.
pub(crate) struct Record {
    pub(crate) fields: Vec<Field>,
    /// How deep values of the type may stand in each other, where that is counted.
    pub(crate) depth: Option<u32>,
    /// Fields may not be borrowed where they are.
    pub(crate) packed: bool,
}

pub(crate) struct Field {
    pub(crate) member: Member,
    pub(crate) ty: Type,
    /// The name in errors.
    pub(crate) name: String,
    pub(crate) role: Role,
    /// Its bounds would lead back to this type.
    pub(crate) recursive: bool,
}

pub(crate) enum Role {
    Value(Format),
    /// Code of the user writes and reads it.
    With(TokenStream),
    /// Not on the wire; when reading, this expression or the default of its type.
    Skipped(Option<TokenStream>),
}

impl Record {
    pub(super) fn of(
        name: &Ident,
        words: &Words,
        packed: bool,
        body: Body,
        order: Order,
    ) -> Record {
        let mut fields = fields(body.fields, name, "", order);
        if let Some(keep) = words.trailing.as_ref().filter(|it| it.value == Trailing::Keep) {
            let last = fields.iter_mut().rev().find(|field| field.is_on_the_wire());
            if let Some(last) = last {
                last.role = Role::Value(Format::rest(keep.key.span(), order));
            }
        }
        let depth = depth(words, fields.iter_mut().collect());
        Record { fields, depth, packed }
    }
}

impl Field {
    pub(crate) fn is_on_the_wire(&self) -> bool {
        match self.role {
            Role::Value(_) | Role::With(_) => true,
            Role::Skipped(_) => false,
        }
    }
}

pub(super) fn fields(
    fields: impl IntoIterator<Item = syntax::Field>,
    container: &Ident,
    prefix: &str,
    order: Order,
) -> Vec<Field> {
    fields.into_iter().map(|field| self::field(field, container, prefix, order)).collect()
}

fn field(field: syntax::Field, container: &Ident, prefix: &str, order: Order) -> Field {
    let syntax::Field { member, ty, mut words } = field;
    let own_name = match &member {
        Member::Named(ident) => ident.unraw().to_string(),
        Member::Unnamed(index) => index.index.to_string(),
    };
    let name = words.name.take().map_or(own_name, |name| name.value);
    let tokens = ty.to_token_stream();
    let recursive = mentions(&tokens, &container.to_string()) || mentions(&tokens, "Self");
    let role = match (words.skip.take(), words.with.take()) {
        (Some(_), _) => Role::Skipped(words.default.take().map(|default| default.value)),
        (None, Some(with)) => Role::With(with.value),
        (None, None) => Role::Value(Format::of(words, order)),
    };
    Field { member, ty, name: format!("{prefix}{name}"), role, recursive }
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
