//! The values of the words about headers: which header, which of its fields, which role a field has.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::Member;

use super::tokens::{cut, integer, peel};
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

/// What a length in a header counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Of {
    /// The header too, and not only the body.
    pub(crate) frame: bool,
    /// So many bytes more.
    pub(crate) more: i128,
}

impl Of {
    pub(crate) const BODY: Of = Of { frame: false, more: 0 };
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

/// `body`, `frame`, or one of them with a number added or taken off.
pub(super) fn of(tokens: TokenStream) -> Result<Of, Wrong> {
    let mut trees = peel(&tokens).into_iter();
    let frame = match trees.next() {
        Some(TokenTree::Ident(ident)) if ident == "body" => false,
        Some(TokenTree::Ident(ident)) if ident == "frame" => true,
        _ => return wrong(tokens, catalogue::OF),
    };
    let sign = match trees.next() {
        None => return Ok(Of { frame, more: 0 }),
        Some(TokenTree::Punct(punct)) if punct.as_char() == '+' => 1,
        Some(TokenTree::Punct(punct)) if punct.as_char() == '-' => -1,
        Some(_) => return wrong(tokens, catalogue::OF),
    };
    match integer(&trees.collect()) {
        Some(number) if (0..=i128::from(u32::MAX)).contains(&number) => {
            Ok(Of { frame, more: sign * number })
        }
        _ => wrong(tokens, catalogue::OF),
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
    let ty = path(trees.into_iter().collect())?;
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
