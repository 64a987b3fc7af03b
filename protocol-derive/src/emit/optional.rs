//! What may be absent: by the trait `Optional`, so that what is no `Option` is one error.

use proc_macro2::{Delimiter, Group, Ident, Literal, Span, TokenStream};
use quote::{quote, quote_spanned};

use crate::model::{Outline, Presence, Value};
use crate::paths::{start, type_of_user};
use crate::plan::Step;

/// The type whose format it is: without the `Option` that says whether it is there.
pub(super) fn inner_type(outline: &Outline, step: &Step<'_>, value: &Value) -> TokenStream {
    match value.presence {
        Presence::If(_) | Presence::Tail => of_optional(outline, step, "Inner"),
        Presence::Always | Presence::Versions(_) => type_of_user(step.ty),
    }
}

/// What `Optional` knows of the type of the field. The path stands exactly where that type stands, as all
/// that the compiler says of what is no `Option`: so it says that once.
fn of_optional(outline: &Outline, step: &Step<'_>, name: &str) -> TokenStream {
    let (ty, p) = (type_of_user(step.ty), outline.runtime.at(start(step.ty)));
    let (first, last) = ends(&ty);
    let (open, name) = (quote_spanned!(first=> <), Ident::new(name, last));
    let rest = quote_spanned!(start(step.ty)=> #ty as #p::Optional>::#name);
    quote!(#open #rest)
}

/// The same as a function of the value.
fn call_optional(
    outline: &Outline,
    step: &Step<'_>,
    name: &str,
    argument: &TokenStream,
) -> TokenStream {
    let function = of_optional(outline, step, name);
    let mut arguments = Group::new(Delimiter::Parenthesis, argument.clone());
    arguments.set_span(ends(&type_of_user(step.ty)).1);
    quote!(#function #arguments)
}

/// Where a type of the user begins and ends.
fn ends(ty: &TokenStream) -> (Span, Span) {
    let mut spans = ty.clone().into_iter().map(|tree| tree.span());
    let first = spans.next().unwrap_or_else(Span::call_site);
    (first, spans.last().unwrap_or(first))
}

/// What is there of a field that may be absent, as an `Option` of a reference; `holder` is a reference.
pub(super) fn inner(outline: &Outline, step: &Step<'_>, holder: &TokenStream) -> TokenStream {
    call_optional(outline, step, "inner", holder)
}

/// Whether the field is there.
pub(super) fn is_there(outline: &Outline, step: &Step<'_>, holder: &TokenStream) -> TokenStream {
    call_optional(outline, step, "is_present", holder)
}

/// The field with this value in it. The value goes by a name that stands where the type stands too.
pub(super) fn present(outline: &Outline, step: &Step<'_>, value: &TokenStream) -> TokenStream {
    let (first, last) = ends(&type_of_user(step.ty));
    let held = Ident::new("__wire_h", first);
    let mut zero = Literal::usize_unsuffixed(0);
    zero.set_span(last);
    let present = call_optional(outline, step, "present", &quote!(#held.#zero));
    quote_spanned! {start(step.ty)=> {
        let #held = (#value,);
        #present
    }}
}

/// The field without a value.
pub(super) fn absent(outline: &Outline, step: &Step<'_>) -> TokenStream {
    of_optional(outline, step, "ABSENT")
}

/// The value where none is on the wire.
pub(super) fn unsent(outline: &Outline, step: &Step<'_>) -> TokenStream {
    let (span, ty) = (start(step.ty), type_of_user(step.ty));
    let p = outline.runtime.at(span);
    quote_spanned!(span=> <#ty as #p::Unsent>::unsent())
}
