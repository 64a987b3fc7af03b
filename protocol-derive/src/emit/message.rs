//! A message that names its header: it is a body behind that one, which sees it.

use proc_macro2::TokenStream;
use quote::quote_spanned;
use syn::Member;
use syn::ext::IdentExt;

use super::derived;
use super::entry::whole;
use super::head::{self, Head, borrowing, context};
use super::headed::entries;
use super::steps::{self, Reading};
use crate::model::{Elsewhere, HeaderBefore, Outline, Record};
use crate::paths::{adopted, start};
use crate::plan::{self, Action, Plan};
use crate::syntax::integer;

/// The impls of a message that names its header: it has a body behind that one, and no layout alone.
pub(super) fn message(outline: &Outline, record: &Record, before: &HeaderBefore) -> TokenStream {
    let (p, span) = context(outline);
    let lifetime = match outline.generics.type_params().next() {
        Some(_) => head::lifetime("'__wire", span),
        None => head::lifetime("'static", span),
    };
    let body_of =
        quote_spanned!(span=> <Self as #p::Body<#lifetime, <Self as #p::HasHeader>::Header>>);
    let sizes = quote_spanned!(span=> &[(#body_of::BODY_MIN, #body_of::BODY_BOUNDS)]);
    let mut tokens = entries(outline, &sizes);
    tokens.extend(body(outline, record, before));
    tokens.extend(alone(outline, &before.ty));
    tokens
}

/// `Body` of a message.
fn body(outline: &Outline, record: &Record, before: &HeaderBefore) -> TokenStream {
    let (p, span) = context(outline);
    let Head { generics, ty, bounds } = borrowing(outline);
    let title = &outline.title;
    let plan = plan::of_record(record);
    let min = steps::min(outline, &plan, span);
    let size = steps::bounds(outline, &plan, span);
    let passes = outline
        .ignores_trailing
        .then(|| quote_spanned!(span=> const PASSES_TRAILING: ::core::primitive::bool = true;));
    let fill = fill(outline, &plan, before);
    let put = put_body(outline, &plan);
    let get = get_body(outline, &plan, before);
    quote_spanned! {span=>
        impl #generics #p::Body<'__wire, <#ty as #p::HasHeader>::Header> for #ty #bounds {
            const TITLE: &'static ::core::primitive::str = #title;
            const BODY_MIN: ::core::primitive::usize = #min;
            const BODY_BOUNDS: #p::Bounds = #size;
            #passes
            #fill
            #put
            #get
        }
    }
}

/// Sets the fields of the header: those that hold fields of the message, those that the message
/// fixes, and those that follow from the body.
fn fill(outline: &Outline, plan: &Plan<'_>, before: &HeaderBefore) -> TokenStream {
    let (p, span) = context(outline);
    let moved = plan.steps.iter().filter_map(|step| match &step.action {
        Action::Skip(Elsewhere::Header(member)) => {
            let (place, source) = (field(member), &step.source);
            let span = start(member);
            Some(quote_spanned!(span=> #place = #p::Clone::clone(#source);))
        }
        Action::Plain(_) | Action::Rich(_) | Action::Skip(_) => None,
    });
    let fixed = before.constants.iter().map(|(member, value)| {
        let place = field(member);
        quote_spanned!(start(member)=> #place = #value;)
    });
    let derived = derived::header_fields(outline, plan);
    let needed = match derived.is_empty() {
        true => TokenStream::new(),
        false => derived::before_packing(outline, plan),
    };
    quote_spanned! {span=>
        #[inline]
        fn fill<__O: #p::Order, __W: #p::Sink>(
            &self,
            __wire_header: &mut <Self as #p::HasHeader>::Header,
            __wire_w: &__W,
        ) -> #p::Put {
            #(#moved)*
            #(#fixed)*
            #needed
            #derived
            #p::Ok(())
        }
    }
}

fn put_body(outline: &Outline, plan: &Plan<'_>) -> TokenStream {
    let (p, span) = context(outline);
    let (needed, body) = (derived::before_packing(outline, plan), steps::put(outline, plan));
    let enter = plan.uses_wire().then(|| {
        let min = quote_spanned!(span=> <Self as #p::Body<'__wire, <Self as #p::HasHeader>::Header>>::BODY_MIN);
        let enter = steps::enter_put(outline, &min, span);
        quote_spanned!(span=> let __wire_keep = 0; #enter)
    });
    quote_spanned! {span=>
        #[inline]
        fn put_body<__O: #p::Order, __W: #p::Sink>(
            &self,
            __wire_w: &mut __W,
            __wire_header: &<Self as #p::HasHeader>::Header,
        ) -> #p::Put {
            #needed
            #enter
            #body
            #p::Ok(())
        }
    }
}

fn get_body(outline: &Outline, plan: &Plan<'_>, before: &HeaderBefore) -> TokenStream {
    let (p, span) = context(outline);
    let Reading { statements, fields } = steps::get(outline, plan);
    let enter = plan.uses_wire().then(|| {
        let min = quote_spanned!(span=> <Self as #p::Body<'__wire, <Self as #p::HasHeader>::Header>>::BODY_MIN);
        let enter = steps::enter_get(outline, &min, span);
        quote_spanned!(span=> let __wire_keep = 0; #enter)
    });
    let verified = before.constants.iter().map(|(member, value)| verified(outline, member, value));
    quote_spanned! {span=>
        #[inline]
        fn get_body<__O: #p::Order>(
            __wire_r: &mut #p::Reader<'__wire, '_>,
            __wire_header: &<Self as #p::HasHeader>::Header,
        ) -> #p::Got<Self> {
            #(#verified)*
            #enter
            #statements
            #p::Ok(Self { #fields })
        }
    }
}

/// Compares a field of the header with what the message fixes. Literals show both numbers.
fn verified(outline: &Outline, member: &Member, value: &TokenStream) -> TokenStream {
    let span = start(member);
    let p = outline.runtime.at(span);
    let (place, name) = (field(member), member_name(member));
    let shown = match is_number(value) {
        true => quote_spanned! {span=>
            #p::Number::to_i128(&#place), #p::Number::to_i128(&__wire_expected)
        },
        false => quote_spanned!(span=> #p::None, #p::None),
    };
    quote_spanned! {span=>
        let __wire_expected = #p::like(&#place, #value);
        if #place != __wire_expected {
            return #p::Err(#p::wrong_constant(__wire_r, #name, #shown));
        }
    }
}

/// Whether a value is written as a number, or as `true` or `false`.
fn is_number(value: &TokenStream) -> bool {
    let word = value.to_string();
    integer(value).is_some() || word == "true" || word == "false"
}

fn member_name(member: &Member) -> String {
    match member {
        Member::Named(ident) => ident.unraw().to_string(),
        Member::Unnamed(index) => index.index.to_string(),
    }
}

/// A field of the header.
pub(super) fn field(member: &Member) -> TokenStream {
    let span = start(member);
    let member = adopted(member);
    quote_spanned!(span=> (*__wire_header).#member)
}

/// What stands behind its own header is found by that.
fn alone(outline: &Outline, header: &TokenStream) -> TokenStream {
    let (p, span) = context(outline);
    let Head { generics, ty, bounds } = whole(outline);
    let put = quote_spanned! {span=>
        impl #generics #p::HasHeader for #ty #bounds {
            type Header = #header;
            #[inline]
            fn put_behind<__W: #p::Sink>(
                &self,
                __wire_header: #p::Option<&<Self as #p::HasHeader>::Header>,
                __wire_w: &mut __W,
            ) -> #p::Put {
                #p::put_behind::<Self, Self, __W>(self, __wire_header, __wire_w)
            }
        }
    };
    let Head { generics, ty, bounds } = borrowing(outline);
    quote_spanned! {span=>
        #put
        impl #generics #p::UnpackBehind<'__wire> for #ty #bounds {
            #[inline]
            fn get_behind<__O: #p::Order>(
                __wire_r: &mut #p::Reader<'__wire, '_>,
                __wire_header: &<Self as #p::HasHeader>::Header,
            ) -> #p::Got<Self> {
                #p::get_only::<Self, __O>(__wire_r, __wire_header)
            }
        }
    }
}
