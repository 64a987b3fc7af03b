//! What was said about other fields, with the names found.

use proc_macro2::{Ident, Span, TokenStream};
use quote::ToTokens;
use syn::Member;
use syn::ext::IdentExt;

use crate::syntax::{self, Claim, Name, Relation, bare_names};

/// An expression over the fields of a body.
#[derive(Clone)]
pub(crate) enum Expr {
    /// Arithmetic, which is computed in checked numbers.
    Relation(Relation<Target>),
    /// Rust, in which the names of fields stand for their values. The fields that it names.
    Rust(TokenStream, Vec<usize>),
}

/// A field, or a field within it.
#[derive(Clone)]
pub(crate) struct Target {
    pub(crate) root: Root,
    pub(crate) inner: Vec<Ident>,
    /// Where the user named it.
    pub(crate) at: Span,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Root {
    /// The field at this place of the body.
    Field(usize),
    /// The header before the body.
    Header,
}

/// Two are the same wherever they are named.
impl PartialEq for Target {
    fn eq(&self, other: &Target) -> bool {
        self.root == other.root && self.inner == other.inner
    }
}

/// The names of a body, and the places of the fields that have them.
#[derive(Default)]
pub(crate) struct Scope {
    names: Vec<(String, usize)>,
    header: bool,
}

impl Scope {
    /// The names of what `body::slots_of` makes of the fields.
    pub(super) fn of(fields: &[syntax::Field], has_magic: bool, header: bool) -> Scope {
        let mut names = Vec::new();
        let mut index = usize::from(has_magic);
        for field in fields {
            let words = &field.words;
            let on_wire = |written: &Option<syntax::Written<Vec<syntax::OnWire>>>| {
                let declared = written.iter().flat_map(|written| &written.value);
                declared.map(|it| it.name.unraw().to_string()).collect::<Vec<String>>()
            };
            for name in on_wire(&words.before) {
                names.push((name, index));
                index += 1;
            }
            let gaps = [words.align.is_some(), words.pad.is_some(), words.magic.is_some()];
            index += gaps.into_iter().filter(|is_there| *is_there).count();
            if let Member::Named(ident) = &field.member {
                names.push((ident.unraw().to_string(), index));
            }
            index += 1;
            for name in on_wire(&words.after) {
                names.push((name, index));
                index += 1;
            }
        }
        Scope { names, header }
    }

    /// The place of the field with this name.
    pub(crate) fn index(&self, name: &Ident) -> Option<usize> {
        let name = name.unraw().to_string();
        self.names.iter().find(|(known, _)| *known == name).map(|(_, index)| *index)
    }

    /// Whether `header` names the header before the body.
    pub(crate) fn has_header(&self) -> bool {
        self.header
    }

    fn target(&self, name: &Name) -> Option<Target> {
        let root = match self.index(&name.field) {
            Some(index) => Root::Field(index),
            None if self.header && name.field == "header" => Root::Header,
            None => return None,
        };
        Some(Target { root, inner: name.inner.clone(), at: name.field.span() })
    }

    /// The relation over fields, if the claim is one. Other names are constants.
    pub(super) fn relation(&self, claim: &Claim) -> Option<Relation<Target>> {
        claim.relation.as_ref().map(|relation| self.resolve(relation))
    }

    pub(super) fn relation_or_constant(&self, claim: Claim) -> Relation<Target> {
        self.relation(&claim).unwrap_or(Relation::Constant(claim.tokens))
    }

    fn resolve(&self, relation: &Relation<Name>) -> Relation<Target> {
        let boxed = |inner: &Relation<Name>| Box::new(self.resolve(inner));
        match relation {
            Relation::Constant(tokens) => Relation::Constant(tokens.clone()),
            Relation::Value(name) => match self.target(name) {
                Some(target) => Relation::Value(target),
                None => Relation::Constant(name.field.to_token_stream()),
            },
            Relation::Len(name) => match self.target(name) {
                Some(target) => Relation::Len(target),
                None => Relation::Constant(name.field.to_token_stream()),
            },
            Relation::Count(name) => match self.target(name) {
                Some(target) => Relation::Count(target),
                None => Relation::Constant(name.field.to_token_stream()),
            },
            Relation::Negative(inner) => Relation::Negative(boxed(inner)),
            Relation::Not(inner) => Relation::Not(boxed(inner)),
            Relation::Binary(op, left, right) => Relation::Binary(*op, boxed(left), boxed(right)),
        }
    }

    /// What was said, as arithmetic if it computes something, else as it is written: comparing and
    /// naming cannot go wrong, and the types may be any.
    pub(super) fn expr(&self, claim: Claim) -> Expr {
        match self.relation(&claim) {
            Some(relation) if relation.is_numeric() => Expr::Relation(relation),
            Some(Relation::Value(target)) if target.root == Root::Header => {
                Expr::Relation(Relation::Value(target))
            }
            _ => self.rust(claim.tokens),
        }
    }

    pub(super) fn rust(&self, tokens: TokenStream) -> Expr {
        let names = bare_names(&tokens);
        let found = names.iter().filter_map(|name| self.index(name)).collect();
        Expr::Rust(tokens, found)
    }
}

impl Expr {
    /// Rust that names no field.
    pub(super) fn of_rust(tokens: TokenStream) -> Expr {
        Expr::Rust(tokens, Vec::new())
    }

    /// The fields that it names.
    pub(crate) fn fields(&self) -> Vec<usize> {
        match self {
            Expr::Relation(relation) => fields(relation),
            Expr::Rust(_, fields) => fields.clone(),
        }
    }
}

/// The fields that a relation names.
pub(crate) fn fields(relation: &Relation<Target>) -> Vec<usize> {
    let roots = relation.names().into_iter().filter_map(|target| match target.root {
        Root::Field(index) => Some(index),
        Root::Header => None,
    });
    roots.collect()
}
