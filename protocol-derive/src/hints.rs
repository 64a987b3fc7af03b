//! What an editor wants to know of the words: which was written, and where.
//!
//! The derive names each word, at its own place, to a macro of the runtime that makes nothing of them. In
//! rust-analyzer it makes constants of them, whose documentation is shown and whose names complete a word
//! that is half typed. Words that nobody knows are named too: they may become some.

use proc_macro2::{Delimiter, Ident, TokenStream, TokenTree};
use quote::{quote, quote_spanned};
use syn::{Attribute, Data, DeriveInput, Fields, Meta};

use crate::paths::{Runtime, located};
use crate::syntax::{Derive, cut};

/// The words of one kind of place.
struct Words {
    /// The module of the runtime that has them.
    place: &'static str,
    words: Vec<Ident>,
}

/// The words of an item, for the macro of the runtime.
pub(crate) fn hints(derive: Derive, input: &DeriveInput, runtime: &Runtime) -> TokenStream {
    let mut all = Vec::new();
    read(container(derive, input), &input.attrs, &mut all);
    match &input.data {
        Data::Struct(data) => fields(&data.fields, &mut all),
        Data::Enum(data) => {
            for variant in &data.variants {
                let is_protocol = derive == Derive::Protocol;
                let place = if is_protocol { "protocol_variant" } else { "variant" };
                read(place, &variant.attrs, &mut all);
                fields(&variant.fields, &mut all);
            }
        }
        Data::Union(_) => {}
    }
    let span = located(input.ident.span());
    let (p, lines) = (runtime.at(span), all.iter().filter_map(line));
    if all.iter().all(|words| words.words.is_empty()) {
        return TokenStream::new();
    }
    quote_spanned!(span=> #p::words! { #(#lines)* })
}

fn container(derive: Derive, input: &DeriveInput) -> &'static str {
    match (derive, &input.data) {
        (Derive::Message, _) => "message",
        (Derive::Protocol, _) => "protocol",
        (Derive::Wire, Data::Enum(_)) => "part_enum",
        (Derive::Wire, Data::Struct(_) | Data::Union(_)) => "part_struct",
    }
}

fn fields(fields: &Fields, all: &mut Vec<Words>) {
    for field in fields {
        read("field", &field.attrs, all);
    }
}

fn read(place: &'static str, attributes: &[Attribute], all: &mut Vec<Words>) {
    for attribute in attributes.iter().filter(|it| it.path().is_ident("wire")) {
        if let Meta::List(list) = &attribute.meta {
            collect(place, list.tokens.clone(), all);
        }
    }
}

/// The words of a list, and of the lists within it.
fn collect(place: &'static str, list: TokenStream, all: &mut Vec<Words>) {
    let mut words = Vec::new();
    for piece in cut(list) {
        let mut trees = piece.into_iter();
        let Some(TokenTree::Ident(word)) = trees.next() else {
            continue;
        };
        let nested = match word.to_string().as_str() {
            "item" => Some("item"),
            "key" => Some("key"),
            _ => None,
        };
        if let (Some(place), Some(TokenTree::Group(group))) = (nested, trees.next()) {
            if group.delimiter() == Delimiter::Parenthesis {
                collect(place, group.stream(), all);
            }
        }
        words.push(word);
    }
    all.push(Words { place, words });
}

/// The words that can be names: not those that are keywords.
fn line(words: &Words) -> Option<TokenStream> {
    let is_name = |word: &&Ident| syn::parse_str::<Ident>(&word.to_string()).is_ok();
    let names: Vec<&Ident> = words.words.iter().filter(is_name).collect();
    let place = Ident::new(words.place, proc_macro2::Span::call_site());
    (!names.is_empty()).then(|| quote!(#place: #(#names)*;))
}
