//! The steps of the wire, in order.
//!
//! Each body becomes one list. Packing, unpacking, the smallest size and the bounds all walk that
//! list, so they cannot drift apart.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote_spanned};
use syn::{Member, Type};

use crate::model::{Field, Format, Record, Role};
use crate::paths::start;

/// What happens to one field.
pub(crate) struct Step<'m> {
    pub(crate) member: &'m Member,
    pub(crate) ty: &'m Type,
    /// The name in errors.
    pub(crate) name: &'m str,
    /// A reference to the value, where packing finds it.
    pub(crate) source: TokenStream,
    pub(crate) action: Action<'m>,
    /// Its bounds are cut, because they lead back to the type itself.
    pub(crate) recursive: bool,
}

pub(crate) enum Action<'m> {
    Value(&'m Format),
    With(&'m TokenStream),
    Skip(Option<&'m TokenStream>),
}

/// The steps of a struct.
pub(crate) fn of_record(record: &Record) -> Vec<Step<'_>> {
    record
        .fields
        .iter()
        .map(|field| {
            let member = crate::paths::adopted(&field.member);
            let source = match record.packed {
                true => quote_spanned!(start(&field.ty)=> &{ self.#member }),
                false => quote_spanned!(start(&field.ty)=> &self.#member),
            };
            step(field, source)
        })
        .collect()
}

/// The steps of a variant. Its fields are bound to [`binding`]s, counted from `first`.
pub(crate) fn of_variant(fields: &[Field], first: usize) -> Vec<Step<'_>> {
    let bindings = (first..).map(|index| binding(index, Span::call_site()));
    fields
        .iter()
        .zip(bindings)
        .map(|(field, mut binding)| {
            binding.set_span(start(&field.ty));
            step(field, quote::ToTokens::into_token_stream(binding))
        })
        .collect()
}

/// What a field of a variant is bound to.
pub(crate) fn binding(index: usize, span: Span) -> Ident {
    format_ident!("__wire_{index}", span = span)
}

fn step(field: &Field, source: TokenStream) -> Step<'_> {
    let action = match &field.role {
        Role::Value(format) => Action::Value(format),
        Role::With(module) => Action::With(module),
        Role::Skipped(default) => Action::Skip(default.as_ref()),
    };
    let Field { member, ty, name, role: _, recursive } = field;
    Step { member, ty, name, source, action, recursive: *recursive }
}
