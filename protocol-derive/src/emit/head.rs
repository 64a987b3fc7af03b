//! The heads of impls: generics, the type, the bounds.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::{GenericParam, Generics, Lifetime, TypeParam, TypeParamBound};

use crate::model::Outline;
use crate::paths::{adopted, located, start};

/// What stands around the body of an impl: `impl<…> Trait for Type where …`.
pub(super) struct Head {
    /// `<'__wire: 'a, 'a, T>`
    pub(super) generics: TokenStream,
    /// `Order<'a, T>`
    pub(super) ty: TokenStream,
    /// `where T: Wire<'__wire>`
    pub(super) bounds: TokenStream,
}

/// The head of an impl that reads from bytes of the lifetime `'__wire`.
pub(super) fn borrowing(outline: &Outline) -> Head {
    let (p, span) = context(outline);
    let mut generics = outline.generics.clone();
    let wire = Lifetime::new("'__wire", span);
    let mut param = syn::LifetimeParam::new(wire);
    param.bounds = outline.generics.lifetimes().map(|it| it.lifetime.clone()).collect();
    if !param.bounds.is_empty() {
        param.colon_token = Some(syn::token::Colon(span));
    }
    generics.params.insert(0, GenericParam::Lifetime(param));
    let any = quote_spanned!(span=> #p::Wire<'__wire>);
    head(outline, &generics, &any, &quote_spanned!(span=> #p::Derived<'__wire>))
}

/// The head of an impl that holds whatever is borrowed.
pub(super) fn owning(outline: &Outline) -> Head {
    owning_with(outline, &[])
}

/// The same with more type parameters.
pub(super) fn owning_with(outline: &Outline, parameters: &[&Ident]) -> Head {
    let (p, span) = context(outline);
    let any = quote_spanned!(span=> for<'__any> #p::Wire<'__any>);
    let measured = quote_spanned!(span=> for<'__any> #p::Derived<'__any>);
    let mut generics = outline.generics.clone();
    for parameter in parameters {
        generics.params.push(GenericParam::Type(TypeParam::from((*parameter).clone())));
    }
    head(outline, &generics, &any, &measured)
}

/// The head, with the bound of any type parameter, and of one that `len` stands on.
fn head(outline: &Outline, generics: &Generics, any: &TokenStream, measured: &TokenStream) -> Head {
    let name = &outline.name;
    let (_, arguments, _) = outline.generics.split_for_impl();
    let generics = unplaced(generics);
    let (parameters, _, _) = generics.split_for_impl();
    let theirs = outline.generics.where_clause.iter().flat_map(|clause| &clause.predicates);
    let mut predicates: Vec<TokenStream> = theirs.map(adopted).collect();
    match &outline.bounds {
        Some(bounds) => predicates.extend(bounds.iter().map(adopted)),
        None => predicates.extend(outline.generics.type_params().filter(|it| !is_owned(it)).map(
            |param| {
                let bound = if outline.measured.contains(&param.ident) { measured } else { any };
                let ident = adopted(&param.ident);
                quote_spanned!(located(param.ident.span())=> #ident: #bound)
            },
        )),
    }
    let bounds = match predicates.as_slice() {
        [] => TokenStream::new(),
        predicates => quote!(where #(#predicates),*),
    };
    Head { generics: adopted(parameters), ty: adopted(quote!(#name #arguments)), bounds }
}

/// The generics with names that stand nowhere in the user's code. To a type that is not found, the compiler
/// else proposes to declare it beside them, in each impl anew.
fn unplaced(generics: &Generics) -> Generics {
    let mut generics = generics.clone();
    for param in &mut generics.params {
        match param {
            GenericParam::Lifetime(param) => param.lifetime.set_span(Span::call_site()),
            GenericParam::Type(param) => param.ident.set_span(Span::call_site()),
            GenericParam::Const(param) => param.ident.set_span(Span::call_site()),
        }
    }
    generics
}

/// Whether the user wrote `T: WireOwned`, which says more than our bound; beside it the compiler could
/// not tell which of both to use.
fn is_owned(param: &TypeParam) -> bool {
    param.bounds.iter().any(|bound| match bound {
        TypeParamBound::Trait(bound) => {
            bound.path.segments.last().is_some_and(|last| last.ident == "WireOwned")
        }
        _ => false,
    })
}

/// The path to the runtime and the span of code that serves the whole item.
pub(super) fn context(outline: &Outline) -> (TokenStream, Span) {
    let span = located(outline.name.span());
    (outline.runtime.at(span), span)
}

/// The type with all its lifetimes replaced by one; `None` if the type has none to replace.
pub(super) fn with_lifetime(outline: &Outline, lifetime: &Lifetime) -> TokenStream {
    let (name, span) = (adopted(&outline.name), located(outline.name.span()));
    let arguments = outline.generics.params.iter().map(|param| match param {
        GenericParam::Lifetime(_) => lifetime.to_token_stream(),
        GenericParam::Type(param) => adopted(&param.ident),
        GenericParam::Const(param) => adopted(&param.ident),
    });
    if outline.generics.params.is_empty() {
        name
    } else {
        quote_spanned!(span=> #name<#(#arguments),*>)
    }
}

/// Whether the type is one type, up to lifetimes.
pub(super) fn is_concrete(outline: &Outline) -> bool {
    outline.generics.params.iter().all(|param| match param {
        GenericParam::Lifetime(_) => true,
        GenericParam::Type(_) | GenericParam::Const(_) => false,
    })
}

/// A lifetime of generated code.
pub(super) fn lifetime(name: &str, span: Span) -> Lifetime {
    let mut lifetime = Lifetime::new(name, span);
    lifetime.ident = Ident::new(&lifetime.ident.to_string(), span);
    lifetime
}

/// The version that a protocol speaks, if it says so.
pub(super) fn version(outline: &Outline) -> Option<TokenStream> {
    let version = outline.version.as_ref()?;
    let span = start(version);
    Some(quote_spanned!(span=> const VERSION: ::core::primitive::u32 = #version;))
}
