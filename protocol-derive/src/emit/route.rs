//! How the messages in the variants of a protocol are named: by way of their numbers, so that what is no
//! message is one error.

use proc_macro2::{Span, TokenStream};
use quote::quote_spanned;
use syn::{Lifetime, Type};

use super::head;
use crate::model::{MessageVariant, Outline};
use crate::paths::{start, type_of_user};

/// The type of a message by way of its impl: what is no message has no such type, and the compiler
/// says so once and not once for every trait.
pub(super) fn message(outline: &Outline, variant: &MessageVariant) -> TokenStream {
    let route = route(outline, variant, "'static");
    quote_spanned!(start(&variant.ty)=> #route::Message)
}

/// The same where no lifetime is in scope.
pub(super) fn static_message(outline: &Outline, variant: &MessageVariant) -> TokenStream {
    let ty = variant.message(outline.header.as_ref());
    let protocol = head::with_lifetime(outline, &head::lifetime("'static", start(ty)));
    let route = through(outline, start(ty), &protocol, &static_type(outline, ty), "'static");
    quote_spanned!(start(ty)=> #route::Message)
}

/// The way to a message for bytes of this lifetime.
pub(super) fn route(outline: &Outline, variant: &MessageVariant, lifetime: &str) -> TokenStream {
    let ty = variant.message(outline.header.as_ref());
    let protocol = head::owning(outline).ty;
    through(outline, start(ty), &protocol, &type_of_user(ty), lifetime)
}

fn through(
    outline: &Outline,
    span: Span,
    protocol: &TokenStream,
    ty: &TokenStream,
    lifetime: &str,
) -> TokenStream {
    let (p, lifetime) = (outline.runtime.at(span), head::lifetime(lifetime, span));
    match &outline.header {
        None => quote_spanned!(span=> <<#ty as #p::Message>::Id as #p::Route<#lifetime, #ty>>),
        Some(_) => quote_spanned! {span=>
            <<<#ty as #p::Message>::Id as #p::Stands<#protocol, #ty>>::Way
                as #p::RouteBehind<#lifetime, #protocol, #ty>>
        },
    }
}

/// The type with `'static` for each of the protocol's lifetimes.
pub(super) fn static_type(outline: &Outline, ty: &Type) -> TokenStream {
    let lifetimes: Vec<&Lifetime> = outline.generics.lifetimes().map(|it| &it.lifetime).collect();
    crate::paths::with_static(type_of_user(ty), &lifetimes)
}
