//! The values of the words about headers: which header, which of its fields, which role a field has.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::ToTokens;
use syn::Member;

use super::relation::{Name, Op, Relation, relation};
use super::tokens::{cut, peel};
use super::value::{Wrong, found, path, word, wrong};
use crate::errors::catalogue;

/// `header = Header`, or `header = Header { qos: 1, dup: false }`.
pub(crate) struct HeaderNamed {
    pub(crate) ty: TokenStream,
    /// What the message fixes in its header, each with its value.
    pub(crate) constants: Vec<(Member, TokenStream)>,
}

/// What a field of a header says of the body.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum HeaderRole {
    Id,
    Len,
    Correlation,
}

/// What a length in a header holds, by the bytes that it counts.
#[derive(Clone)]
pub(crate) struct Of {
    pub(crate) counted: Counted,
    pub(crate) holds: Relation<Counted>,
}

/// What a length in a header counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Counted {
    Body,
    /// The header and the body.
    Frame,
}

impl Of {
    pub(crate) const BODY: Of =
        Of { counted: Counted::Body, holds: Relation::Value(Counted::Body) };
}

impl HeaderRole {
    pub(crate) fn name(self) -> &'static str {
        match self {
            HeaderRole::Id => "id",
            HeaderRole::Len => "len",
            HeaderRole::Correlation => "correlation",
        }
    }
}

pub(super) fn role(tokens: TokenStream) -> Result<HeaderRole, Wrong> {
    match word(&tokens).as_deref() {
        Some("id") => Ok(HeaderRole::Id),
        Some("len") => Ok(HeaderRole::Len),
        Some("correlation") => Ok(HeaderRole::Correlation),
        _ => {
            let text = catalogue::expected(&["id", "len", "correlation"], &found(&tokens));
            wrong(tokens, text)
        }
    }
}

/// `body`, `frame`, or arithmetic with constants that can be turned round.
pub(super) fn of(tokens: TokenStream) -> Result<Of, Wrong> {
    let read = relation(&tokens).and_then(|relation| over_counted(&relation));
    let counted = read.as_ref().and_then(only_counted);
    match (read, counted) {
        (Some(holds), Some(counted)) => Ok(Of { counted, holds }),
        _ => wrong(tokens, catalogue::OF),
    }
}

/// The relation with the bytes that it counts; other names are constants.
fn over_counted(relation: &Relation<Name>) -> Option<Relation<Counted>> {
    let boxed = |inner: &Relation<Name>| over_counted(inner).map(Box::new);
    Some(match relation {
        Relation::Constant(tokens) => Relation::Constant(tokens.clone()),
        Relation::Value(name) if !name.inner.is_empty() => return None,
        Relation::Value(name) if name.field == "body" => Relation::Value(Counted::Body),
        Relation::Value(name) if name.field == "frame" => Relation::Value(Counted::Frame),
        Relation::Value(name) => Relation::Constant(name.field.to_token_stream()),
        Relation::Len(_) | Relation::Count(_) | Relation::Not(_) => return None,
        Relation::Negative(inner) => Relation::Negative(boxed(inner)?),
        Relation::Binary(op, left, right) => Relation::Binary(*op, boxed(left)?, boxed(right)?),
    })
}

/// What is counted, if the number that is held tells it: it stands there once, in sums, differences,
/// products and quotients.
fn only_counted(relation: &Relation<Counted>) -> Option<Counted> {
    match relation {
        Relation::Value(counted) => Some(*counted),
        Relation::Negative(inner) => only_counted(inner),
        Relation::Binary(op, left, right) => {
            let (in_left, in_right) = (!left.names().is_empty(), !right.names().is_empty());
            match (op, in_left, in_right) {
                (Op::Plus | Op::Minus | Op::Times | Op::Divided, true, false) => only_counted(left),
                (Op::Plus | Op::Minus | Op::Times, false, true) => only_counted(right),
                _ => None,
            }
        }
        Relation::Constant(_) | Relation::Len(_) | Relation::Count(_) | Relation::Not(_) => None,
    }
}

/// The field of the header in which a field of the message stands.
pub(super) fn field(tokens: TokenStream) -> Result<Member, Wrong> {
    match syn::parse2::<Member>(peel(&tokens)) {
        Ok(member) => Ok(member),
        Err(_) => wrong(tokens, catalogue::HEADER_FIELD),
    }
}

pub(super) fn named(tokens: TokenStream) -> Result<HeaderNamed, Wrong> {
    let mut trees: Vec<TokenTree> = peel(&tokens).into_iter().collect();
    let constants = match trees.last() {
        Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace => {
            let constants =
                cut(group.stream()).into_iter().map(constant).collect::<Result<_, _>>()?;
            trees.pop();
            constants
        }
        _ => Vec::new(),
    };
    let ty = path(trees.into_iter().collect(), "header = Header")?;
    Ok(HeaderNamed { ty, constants })
}

/// `qos: 1`
fn constant(tokens: TokenStream) -> Result<(Member, TokenStream), Wrong> {
    let mut trees = tokens.clone().into_iter();
    let member = trees.next().map(|tree| syn::parse2::<Member>(tree.into()));
    let colon = matches!(trees.next(), Some(TokenTree::Punct(punct)) if punct.as_char() == ':');
    let value: TokenStream = trees.collect();
    match member {
        Some(Ok(member)) if colon && !value.is_empty() => Ok((member, value)),
        _ => wrong(tokens, catalogue::HEADER_CONSTANT),
    }
}
