//! `Header` for a struct whose fields have roles.

use proc_macro2::TokenStream;
use quote::quote_spanned;

use super::head::{Head, context};
use super::protocol::borrowing_owned;
use super::relation::{Side, Values};
use super::steps;
use crate::model::{Duty, Outline, Record, Scope, Term};
use crate::paths::{adopted, start, type_of_user};
use crate::plan::{self, Plan, Step};
use crate::syntax::{Counted, HeaderRole, Relation};

/// The impl; nothing for a struct without roles.
pub(super) fn header(outline: &Outline, record: &Record) -> TokenStream {
    let find = |role| outline.duties.iter().find(|duty| duty.role == role);
    let Some(id) = find(HeaderRole::Id) else {
        return TokenStream::new();
    };
    let (p, span) = context(outline);
    let Head { generics, ty, bounds } = borrowing_owned(outline);
    let name = &id.name;
    let number = number(outline, id);
    let set = set(outline, id, &quote_spanned!(span=> #p::role::of_id(__wire_n)));
    let (id_at, len_at) =
        (at(outline, record, Some(id)), at(outline, record, find(HeaderRole::Len)));
    let len = len(outline, find(HeaderRole::Len));
    let correlation = find(HeaderRole::Correlation).map(|duty| correlation(outline, duty));
    quote_spanned! {span=>
        impl #generics #p::Header for #ty #bounds {
            const ID: &'static ::core::primitive::str = #name;
            const ID_AT: ::core::primitive::usize = #id_at;
            const LEN_AT: ::core::primitive::usize = #len_at;
            #[inline]
            fn fresh() -> Self {
                <Self as #p::Default>::default()
            }
            #[inline]
            fn copied(&self) -> Self {
                <Self as #p::Clone>::clone(self)
            }
            #[inline]
            fn id(&self) -> ::core::primitive::u64 {
                #p::role::id(#number)
            }
            #[inline]
            fn set_id(&mut self, __wire_n: ::core::primitive::u64) -> #p::SetRole {
                #set
                #p::Ok(())
            }
            #len
            #correlation
        }
    }
}

/// Where a field begins: 0 if what stands before it has no fixed length.
fn at(outline: &Outline, record: &Record, duty: Option<&Duty>) -> TokenStream {
    let (p, span) = context(outline);
    let mut plan = plan::of_record(record);
    let is_it = |step: &Step<'_>| step.member() == duty.map(|duty| &duty.member);
    match plan.steps.iter().position(is_it) {
        Some(position) => {
            plan.steps.truncate(position);
            let (min, size) =
                (steps::min(outline, &plan, span), steps::bounds(outline, &plan, span));
            quote_spanned!(span=> #p::fixed_len(#min, #size))
        }
        None => quote_spanned!(span=> 0),
    }
}

/// The number that a field holds, if there is one.
fn number(outline: &Outline, duty: &Duty) -> TokenStream {
    let span = start(&duty.ty);
    let (p, ty, member) = (outline.runtime.at(span), type_of_user(&duty.ty), adopted(&duty.member));
    let place = match duty.packed {
        true => quote_spanned!(span=> { self.#member }),
        false => quote_spanned!(span=> self.#member),
    };
    quote_spanned!(span=> <#ty as #p::Number>::to_i128(&#place))
}

/// Sets a field to a number.
fn set(outline: &Outline, duty: &Duty, number: &TokenStream) -> TokenStream {
    let span = start(&duty.ty);
    let (p, ty, member) = (outline.runtime.at(span), type_of_user(&duty.ty), adopted(&duty.member));
    quote_spanned! {span=>
        self.#member = #p::role::fit(#number, <#ty as #p::Number>::from_i128)?;
    }
}

/// The length of the body, if a field tells it.
fn len(outline: &Outline, duty: Option<&Duty>) -> TokenStream {
    let (p, span) = context(outline);
    let Some(duty) = duty else {
        return quote_spanned! {span=>
            const LEN: #p::Option<&'static ::core::primitive::str> = #p::None;
            #[inline]
            fn body_len(&self, _: ::core::primitive::usize) -> #p::BodyLen {
                #p::Ok(#p::None)
            }
            #[inline]
            fn set_body_len(
                &mut self,
                _: ::core::primitive::usize,
                _: ::core::primitive::usize,
            ) -> #p::SetRole {
                #p::Ok(())
            }
        };
    };
    let (name, number) = (&duty.name, number(outline, duty));
    let before = match duty.counted {
        Counted::Body => quote_spanned!(span=> 0),
        Counted::Frame => quote_spanned!(span=> __wire_header_len),
    };
    let counted = quote_spanned!(span=> #p::role::sum(#before, __wire_body_len));
    let held = arithmetic(outline, &duty.holds, &counted);
    let set = set(outline, duty, &held);
    let least = arithmetic(outline, &duty.holds, &quote_spanned!(span=> #p::role::sum(#before, 0)));
    let told = arithmetic(outline, &duty.told, &quote_spanned!(span=> __wire_n));
    quote_spanned! {span=>
        const LEN: #p::Option<&'static ::core::primitive::str> = #p::Some(#name);
        #[inline]
        fn body_len(&self, __wire_header_len: ::core::primitive::usize) -> #p::BodyLen {
            let __wire_n = #p::Checked::of_number(#number);
            #p::role::body_len(__wire_n, #told, #before, #least)
        }
        #[inline]
        fn set_body_len(
            &mut self,
            __wire_body_len: ::core::primitive::usize,
            __wire_header_len: ::core::primitive::usize,
        ) -> #p::SetRole {
            #set
            #p::Ok(())
        }
    }
}

/// A relation in which `known` is the one that nobody tells.
fn arithmetic(outline: &Outline, relation: &Relation<Term>, known: &TokenStream) -> TokenStream {
    let (_, span) = context(outline);
    let nobody =
        Plan { steps: Vec::new(), runs: Vec::new(), derivations: &[], scope: &Scope::default() };
    Values { outline, plan: &nobody, side: Side::Put, span }.number(relation, Some(known))
}

/// What ties replies to requests.
fn correlation(outline: &Outline, duty: &Duty) -> TokenStream {
    let (p, span) = context(outline);
    let number = number(outline, duty);
    let field = start(&duty.ty);
    let (ty, member) = (type_of_user(&duty.ty), adopted(&duty.member));
    let from = quote_spanned!(field=> <#ty as #p::Number>::from_i128);
    let name = &duty.name;
    quote_spanned! {span=>
        const CORRELATION: #p::Option<&'static ::core::primitive::str> = #p::Some(#name);
        #[inline]
        fn correlation(&self) -> #p::Option<::core::primitive::u64> {
            #p::role::correlation(#number)
        }
        #[inline]
        fn set_correlation(
            &mut self,
            __wire_n: ::core::primitive::u64,
        ) -> ::core::primitive::bool {
            match #p::role::fit(#p::role::of_id(__wire_n), #from) {
                #p::Ok(__wire_n) => {
                    self.#member = __wire_n;
                    true
                }
                #p::Err(_) => false,
            }
        }
    }
}
