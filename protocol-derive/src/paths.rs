//! Names in generated code: the path to the runtime, and where tokens claim to stand.
//!
//! Generated tokens stand at the user's code and resolve at the derive. So errors point at the
//! field that caused them, while lints, which ask where a token comes from, stay silent.

use proc_macro2::{Group, Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::{Lifetime, Type};

/// The module of the runtime that generated code names: `::protocol_core::__rt`.
pub(crate) struct Runtime {
    path: TokenStream,
}

impl Runtime {
    /// The runtime under the path of `#[wire(crate = ...)]`, or under its own name.
    pub(crate) fn new(crate_path: Option<&TokenStream>) -> Runtime {
        let path = match crate_path {
            Some(path) => quote!(#path::__rt),
            None => quote!(::protocol_core::__rt),
        };
        Runtime { path }
    }

    /// The path, standing at `span`.
    pub(crate) fn at(&self, span: Span) -> TokenStream {
        let span = located(span);
        respan(self.path.clone(), &|_| span)
    }
}

/// The span of the user's code, resolved where generated code resolves.
pub(crate) fn located(span: Span) -> Span {
    span.resolved_at(Span::call_site())
}

/// Syntax of the user as generated code: it stands where it stood.
pub(crate) fn adopted(syntax: impl ToTokens) -> TokenStream {
    respan(syntax.into_token_stream(), &located)
}

/// Generated code, standing at another place.
pub(crate) fn placed(tokens: TokenStream, span: Span) -> TokenStream {
    let span = located(span);
    respan(tokens, &|_| span)
}

/// A type of the user, as it is. A type that is not found is then the same error here as where the
/// user wrote it, and is said once.
pub(crate) fn type_of_user(ty: &Type) -> TokenStream {
    ty.to_token_stream()
}

/// The type with `'static` in place of these lifetimes.
pub(crate) fn with_static(ty: TokenStream, lifetimes: &[&Lifetime]) -> TokenStream {
    let mut after_tick = false;
    ty.into_iter()
        .map(|tree| match tree {
            TokenTree::Group(group) => {
                let inner = with_static(group.stream(), lifetimes);
                let mut moved = Group::new(group.delimiter(), inner);
                moved.set_span(group.span());
                TokenTree::Group(moved)
            }
            TokenTree::Ident(ident) if after_tick => {
                after_tick = false;
                let is_ours = lifetimes.iter().any(|it| it.ident == ident) || ident == "_";
                TokenTree::Ident(if is_ours { Ident::new("static", ident.span()) } else { ident })
            }
            other @ (TokenTree::Ident(_) | TokenTree::Literal(_)) => other,
            TokenTree::Punct(punct) => {
                after_tick = punct.as_char() == '\'';
                TokenTree::Punct(punct)
            }
        })
        .collect()
}

/// Where syntax of the user begins, for the tokens that are generated around it.
pub(crate) fn start(syntax: &impl ToTokens) -> Span {
    let first = syntax.to_token_stream().into_iter().next();
    located(first.map_or_else(Span::call_site, |tree| tree.span()))
}

fn respan(tokens: TokenStream, span: &impl Fn(Span) -> Span) -> TokenStream {
    tokens.into_iter().map(|tree| respan_tree(tree, span)).collect()
}

fn respan_tree(tree: TokenTree, span: &impl Fn(Span) -> Span) -> TokenTree {
    match tree {
        TokenTree::Group(group) => {
            let mut moved = Group::new(group.delimiter(), respan(group.stream(), span));
            moved.set_span(span(group.span()));
            TokenTree::Group(moved)
        }
        TokenTree::Ident(ident) => TokenTree::Ident(respan_ident(&ident, span)),
        mut other @ (TokenTree::Punct(_) | TokenTree::Literal(_)) => {
            other.set_span(span(other.span()));
            other
        }
    }
}

/// `$crate` means the crate that its span says, so it keeps it. `gen` is a name in the editions of
/// most users and a keyword in that of this crate, so it goes raw.
fn respan_ident(ident: &Ident, span: &impl Fn(Span) -> Span) -> Ident {
    if ident == "$crate" {
        return ident.clone();
    }
    let moved = span(ident.span());
    if ident == "gen" {
        return Ident::new_raw("gen", moved);
    }
    let mut ident = ident.clone();
    ident.set_span(moved);
    ident
}
