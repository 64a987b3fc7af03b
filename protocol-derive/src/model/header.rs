//! What an item has to do with headers: the one it names, or the roles of its own fields.

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::{Member, Type};

use super::Term;
use super::solve;
use crate::syntax::{Counted, Derive, HeaderRole, Item, Of, Relation, Shape};

/// The header that stands before a message, or before all messages of a protocol.
pub(crate) struct HeaderBefore {
    pub(crate) ty: TokenStream,
    /// The fields of it that the message fixes, each with its value.
    pub(crate) constants: Vec<(Member, TokenStream)>,
}

/// A field of a header with a role.
pub(crate) struct Duty {
    pub(crate) role: HeaderRole,
    /// What of the frame it counts, for a length.
    pub(crate) counted: Counted,
    /// What it holds, by what it counts.
    pub(crate) holds: Relation<Term>,
    /// What it counts, by what it holds.
    pub(crate) told: Relation<Term>,
    pub(crate) member: Member,
    pub(crate) ty: Type,
    /// The name in errors.
    pub(crate) name: String,
    /// It may not be borrowed where it is.
    pub(crate) packed: bool,
}

impl HeaderBefore {
    pub(super) fn of(item: &Item) -> Option<HeaderBefore> {
        let named = &item.words.header.as_ref()?.value;
        Some(HeaderBefore { ty: named.ty.clone(), constants: named.constants.clone() })
    }
}

impl Duty {
    pub(super) fn all(item: &Item) -> Vec<Duty> {
        let Shape::Struct(body) = &item.shape else {
            return Vec::new();
        };
        if item.derive != Derive::Wire {
            return Vec::new();
        }
        let mut duties = Vec::new();
        for field in &body.fields {
            if let Some(role) = &field.words.role {
                let own_name = match &field.member {
                    Member::Named(ident) => ident.unraw().to_string(),
                    Member::Unnamed(index) => index.to_token_stream().to_string(),
                };
                let name = field.words.name.as_ref().map_or(own_name, |name| name.value.clone());
                let of = field.words.of.as_ref().map_or(Of::BODY, |of| of.value.clone());
                duties.push(Duty {
                    role: role.value,
                    counted: of.counted,
                    holds: of.holds.map(&|_| Term::Known),
                    told: solve::turned(&of.holds),
                    member: field.member.clone(),
                    ty: field.ty.clone(),
                    name,
                    packed: item.packed,
                });
            }
        }
        duties
    }
}
