//! The names that what is said of a field may use: the fields of its body, and what stands on the
//! wire only.

use proc_macro2::Ident;
use syn::ext::IdentExt;
use syn::{GenericParam, Generics, Member, Type};

use crate::syntax::{Body, Claim, Name, OnWire, Written};

/// The names of a body, in the order of the wire.
pub(super) struct Names<'b> {
    known: Vec<Known<'b>>,
    constants: Vec<String>,
}

/// A name, and what it names.
pub(super) struct Known<'b> {
    pub(super) name: String,
    pub(super) ident: &'b Ident,
    pub(super) ty: &'b Type,
    /// The field of the body that it is, or at which it stands.
    pub(super) field: usize,
    /// Whether it is on the wire only.
    pub(super) is_virtual: bool,
    /// Whether nothing was said of its value.
    pub(super) is_open: bool,
}

impl<'b> Names<'b> {
    pub(super) fn of(body: &'b Body, generics: &Generics) -> Names<'b> {
        let mut known = Vec::new();
        for (index, field) in body.fields.iter().enumerate() {
            known.extend(on_wire(field.words.before.as_ref(), index));
            if let Member::Named(ident) = &field.member {
                known.push(Known {
                    name: ident.unraw().to_string(),
                    ident,
                    ty: &field.ty,
                    field: index,
                    is_virtual: false,
                    is_open: false,
                });
            }
            known.extend(on_wire(field.words.after.as_ref(), index));
        }
        let constants = generics.params.iter().filter_map(|param| match param {
            GenericParam::Const(param) => Some(param.ident.to_string()),
            GenericParam::Lifetime(_) | GenericParam::Type(_) => None,
        });
        Names { known, constants: constants.collect() }
    }

    /// The place of a name in the order of the wire.
    pub(super) fn position(&self, name: &Ident) -> Option<usize> {
        let name = name.unraw().to_string();
        self.known.iter().position(|known| known.name == name)
    }

    pub(super) fn get(&self, position: usize) -> Option<&Known<'b>> {
        self.known.get(position)
    }

    pub(super) fn all(&self) -> &[Known<'b>] {
        &self.known
    }

    /// Whether earlier fields tell what is claimed, or the header.
    pub(super) fn tell(&self, claim: &Claim) -> bool {
        let names = claim.relation.iter().flat_map(|relation| relation.names());
        let is_in_header = |name: &Name| name.field == "header" && !name.inner.is_empty();
        names.into_iter().any(|name| self.position(&name.field).is_some() || is_in_header(name))
    }

    pub(super) fn is_constant(&self, name: &Ident) -> bool {
        self.constants.iter().any(|known| name == known)
    }
}

fn on_wire<'b>(
    written: Option<&'b Written<Vec<OnWire>>>,
    field: usize,
) -> impl Iterator<Item = Known<'b>> {
    let declared = written.into_iter().flat_map(|written| &written.value);
    declared.map(move |it| Known {
        name: it.name.unraw().to_string(),
        ident: &it.name,
        ty: &it.ty,
        field,
        is_virtual: true,
        is_open: it.value.is_none(),
    })
}
