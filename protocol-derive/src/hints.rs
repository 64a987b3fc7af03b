//! What an editor wants to know of the attributes: which words were written, which fields they name, and where.
//!
//! The derive hands both, each at its own place, to a macro of the runtime that makes nothing of them. In
//! rust-analyzer it makes constants of the words, whose documentation is shown and whose names complete a word
//! that is half typed, and patterns of the fields, which are found and renamed there. So what nobody knows is
//! handed on too: it may become something. It comes before all else that is generated, since an editor that
//! completes a word compares two expansions, and what stands behind the word differs.

use proc_macro2::{Delimiter, Ident, Span, TokenStream, TokenTree};
use quote::{quote, quote_spanned};
use syn::ext::IdentExt;
use syn::{Attribute, Data, DeriveInput, Fields, Meta};

use crate::paths::{Runtime, located};
use crate::syntax::{Derive, bare_names, cut};

/// The words whose values name fields.
const NAMING: &[&str] = &[
    "after", "before", "check", "checksum", "count", "endian", "if", "len", "range", "tag", "value",
];

/// What stands in the attributes of an item.
#[derive(Default)]
struct Hints {
    words: Vec<Words>,
    names: Vec<Names>,
}

/// The words of one list.
struct Words {
    /// The module of the runtime that has them.
    place: &'static str,
    words: Vec<Ident>,
}

/// The fields that the attributes of one body name.
struct Names {
    /// The path of the body's pattern.
    body: TokenStream,
    fields: Vec<Ident>,
}

/// The words of an item, and the fields that they name, for the macro of the runtime.
pub(crate) fn hints(derive: Derive, input: &DeriveInput, runtime: &Runtime) -> TokenStream {
    let mut hints = Hints::default();
    let (item, place) = (&input.ident, container(derive, input));
    match &input.data {
        Data::Struct(data) => hints.body(quote!(#item), place, &input.attrs, &data.fields),
        Data::Enum(data) => {
            hints.body(quote!(#item), place, &input.attrs, &Fields::Unit);
            let is_protocol = derive == Derive::Protocol;
            let place = if is_protocol { "protocol_variant" } else { "variant" };
            for variant in &data.variants {
                let name = &variant.ident;
                hints.body(quote!(#item::#name), place, &variant.attrs, &variant.fields);
            }
        }
        Data::Union(_) => {}
    }
    if hints.words.is_empty() {
        return TokenStream::new();
    }
    let span = located(item.span());
    let p = runtime.at(span);
    let words = hints.words.iter().map(Words::line);
    let names = hints.names.iter().map(Names::line);
    quote_spanned!(span=> #p::words! { #(#words)* #(#names)* })
}

fn container(derive: Derive, input: &DeriveInput) -> &'static str {
    match (derive, &input.data) {
        (Derive::Message, _) => "message",
        (Derive::Protocol, _) => "protocol",
        (Derive::Wire, Data::Enum(_)) => "part_enum",
        (Derive::Wire, Data::Struct(_) | Data::Union(_)) => "part_struct",
    }
}

impl Hints {
    /// Reads the attributes of a struct or a variant, which stand at `place`, and of its fields.
    fn body(&mut self, path: TokenStream, place: &'static str, own: &[Attribute], fields: &Fields) {
        let mut named = Vec::new();
        self.read(place, own, &mut named);
        for field in fields {
            self.read("field", &field.attrs, &mut named);
        }
        named.retain(|name| {
            let mut idents = fields.iter().filter_map(|field| field.ident.as_ref());
            idents.any(|ident| ident.unraw() == name.unraw())
        });
        if !named.is_empty() {
            self.names.push(Names { body: path, fields: named });
        }
    }

    fn read(&mut self, place: &'static str, attributes: &[Attribute], named: &mut Vec<Ident>) {
        for attribute in attributes.iter().filter(|it| it.path().is_ident("wire")) {
            if let Meta::List(list) = &attribute.meta {
                self.collect(place, list.tokens.clone(), named);
            }
        }
    }

    /// The words of a list, and of the lists within it.
    fn collect(&mut self, place: &'static str, list: TokenStream, named: &mut Vec<Ident>) {
        let mut words = Vec::new();
        for piece in cut(list) {
            let mut trees = piece.into_iter();
            let Some(TokenTree::Ident(word)) = trees.next() else {
                continue;
            };
            let text = word.to_string();
            let value: TokenStream = trees.collect();
            match text.as_str() {
                "item" => self.nested("item", value, named),
                "key" => self.nested("key", value, named),
                text if NAMING.contains(&text) => named.extend(bare_names(&value)),
                _ => {}
            }
            words.push(word);
        }
        self.words.push(Words { place, words });
    }

    fn nested(&mut self, place: &'static str, value: TokenStream, named: &mut Vec<Ident>) {
        if let Some(TokenTree::Group(group)) = value.into_iter().next() {
            if group.delimiter() == Delimiter::Parenthesis {
                self.collect(place, group.stream(), named);
            }
        }
    }
}

impl Words {
    /// `field: len max;`, also without a word: one may be on its way.
    fn line(&self) -> TokenStream {
        let place = Ident::new(self.place, Span::call_site());
        let words = self.words.iter().filter_map(as_a_name);
        quote!(#place: #(#words)*;)
    }
}

impl Names {
    /// `@ Record: kind body;`
    fn line(&self) -> TokenStream {
        let Names { body, fields } = self;
        quote!(@ #body: #(#fields)*;)
    }
}

/// A word as the name of a constant: `if` as `r#if`. Of `crate` there is none.
fn as_a_name(word: &Ident) -> Option<Ident> {
    let text = word.to_string();
    let raw = format!("r#{text}");
    let is_name = |text: &str| syn::parse_str::<Ident>(text).is_ok();
    match (is_name(&text), is_name(&raw)) {
        (true, _) => Some(word.clone()),
        (false, true) => Some(Ident::new_raw(&text, word.span())),
        (false, false) => None,
    }
}
