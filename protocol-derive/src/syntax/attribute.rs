//! The one parser of `#[wire(...)]`: `word`, `word = value` and `word(list)`, cut at commas.
//!
//! It knows the table of words and not what the values mean.

use proc_macro2::{Delimiter, Ident, TokenStream, TokenTree};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::{Attribute, Meta};

use super::tokens::cut;
use crate::errors::{Errors, catalogue};
use crate::words::{self, Place, Row, Shape, Word};

/// A word with its value, as written.
pub(super) struct Setting {
    pub(super) row: &'static Row,
    pub(super) key: Ident,
    /// What follows `=` or stands in the parentheses.
    pub(super) value: TokenStream,
}

/// The settings of all `#[wire(...)]` among the attributes. Each word stands there once.
pub(super) fn settings(
    attributes: &[Attribute],
    place: Place,
    errors: &mut Errors,
) -> Vec<Setting> {
    let mut settings = Vec::new();
    for attribute in attributes {
        match safe_meta(attribute) {
            Meta::List(list) if list.path.is_ident("wire") => {
                collect(list.tokens, place, &mut settings, errors);
            }
            other if other.path().is_ident("wire") => {
                errors.report(&other, catalogue::WIRE_WITHOUT_LIST.to_owned());
            }
            Meta::Path(_) | Meta::List(_) | Meta::NameValue(_) => {}
        }
    }
    settings
}

/// What an attribute says; of `#[unsafe(x)]`, which rustc refuses for ours, the `x`.
pub(super) fn safe_meta(attribute: &Attribute) -> Meta {
    match &attribute.meta {
        Meta::List(list) if list.path.is_ident("unsafe") => {
            list.parse_args().unwrap_or_else(|_| attribute.meta.clone())
        }
        meta => meta.clone(),
    }
}

/// The settings of one list: of an attribute, or of `item(...)` within it.
pub(super) fn collect(
    list: TokenStream,
    place: Place,
    settings: &mut Vec<Setting>,
    errors: &mut Errors,
) {
    for piece in cut(list) {
        match setting(piece, place) {
            Ok(new) => match settings.iter().find(|old| old.row.word == new.row.word) {
                Some(_) => errors.report(&new.key, catalogue::given_twice(new.row.text)),
                None => settings.push(new),
            },
            Err((tokens, text)) => errors.report(tokens, text),
        }
    }
}

fn setting(piece: TokenStream, place: Place) -> Result<Setting, (TokenStream, String)> {
    let mut trees = piece.clone().into_iter();
    let Some(TokenTree::Ident(key)) = trees.next() else {
        return Err((piece, catalogue::NOT_A_WORD.to_owned()));
    };
    let text = key.unraw().to_string();
    let row = words::find(&text, place).map_err(|text| (key.to_token_stream(), text))?;
    let separator = trees.next();
    let (shape, value) = match &separator {
        None => (Shape::Bare, TokenStream::new()),
        Some(TokenTree::Punct(punct)) if punct.as_char() == '=' => (Shape::Value, trees.collect()),
        Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Parenthesis => {
            (Shape::List, group.stream())
        }
        Some(_) => return Err((piece, misspelt(row))),
    };
    if shape != row.shape || (shape == Shape::Value && value.is_empty()) {
        return Err((piece, misspelt(row)));
    }
    // Generic code may say that there are no bounds.
    if shape == Shape::List && value.is_empty() && row.word != Word::Bound {
        return Err((piece, catalogue::empty_list(row.text, row.usage)));
    }
    Ok(Setting { row, key, value })
}

/// What to say about a known word in a shape that is not its own.
fn misspelt(row: &Row) -> String {
    match row.shape {
        Shape::Bare => catalogue::written_bare(row.text),
        Shape::Value | Shape::List => catalogue::written_as(row.text, row.usage),
    }
}
