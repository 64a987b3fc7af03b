//! `Header` for a struct whose fields have roles.

use proc_macro2::{Literal, TokenStream};
use quote::quote_spanned;

use super::head::{Head, context, owning};
use crate::model::{Duty, Outline};
use crate::paths::{adopted, start, type_of_user};
use crate::syntax::HeaderRole;

/// The impl; nothing for a struct without roles.
pub(super) fn header(outline: &Outline) -> TokenStream {
    let find = |role| outline.duties.iter().find(|duty| duty.role == role);
    let Some(id) = find(HeaderRole::Id) else {
        return TokenStream::new();
    };
    let (p, span) = context(outline);
    let Head { generics, ty, bounds } = owning(outline);
    let name = &id.name;
    let number = number(outline, id);
    let set = set(outline, id, &quote_spanned!(span=> ::core::primitive::i128::from(__wire_n)));
    let len = len(outline, find(HeaderRole::Len));
    let correlation = find(HeaderRole::Correlation).map(|duty| correlation(outline, duty));
    quote_spanned! {span=>
        impl #generics #p::Header for #ty #bounds {
            const ID: &'static ::core::primitive::str = #name;
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
    let more = Literal::i128_unsuffixed(duty.of.more.abs());
    let more =
        if duty.of.more < 0 { quote_spanned!(span=> -#more) } else { quote_spanned!(span=> #more) };
    let more = match duty.of.frame {
        true => quote_spanned!(span=> #p::role::frame(__wire_header_len, #more)),
        false => more,
    };
    let (name, number) = (&duty.name, number(outline, duty));
    let set = set(outline, duty, &quote_spanned!(span=> #p::role::len(__wire_body_len, #more)));
    quote_spanned! {span=>
        const LEN: #p::Option<&'static ::core::primitive::str> = #p::Some(#name);
        #[inline]
        fn body_len(&self, __wire_header_len: ::core::primitive::usize) -> #p::BodyLen {
            #p::role::body_len(#number, #more)
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

/// What ties replies to requests.
fn correlation(outline: &Outline, duty: &Duty) -> TokenStream {
    let (p, span) = context(outline);
    let number = number(outline, duty);
    let field = start(&duty.ty);
    let (ty, member) = (type_of_user(&duty.ty), adopted(&duty.member));
    let from = quote_spanned!(field=> <#ty as #p::Number>::from_i128);
    quote_spanned! {span=>
        #[inline]
        fn correlation(&self) -> #p::Option<::core::primitive::u64> {
            #p::role::correlation(#number)
        }
        #[inline]
        fn set_correlation(
            &mut self,
            __wire_n: ::core::primitive::u64,
        ) -> ::core::primitive::bool {
            match #from(::core::primitive::i128::from(__wire_n)) {
                #p::Some(__wire_n) => {
                    self.#member = __wire_n;
                    true
                }
                #p::None => false,
            }
        }
    }
}
