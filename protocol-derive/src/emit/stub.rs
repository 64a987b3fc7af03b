//! The impls of an item with mistakes. They exist, and do nothing: the crate does not compile, and
//! code that uses the item shall not be reported too.

use proc_macro2::TokenStream;
use quote::quote_spanned;

use super::head::{Head, borrowing, context, owning};
use super::protocol::{borrowing_owned, head_of_protocol, of_part};
use super::{conversation, entry, ties, used};
use crate::model::{self, Outline, Purpose};
use crate::syntax::{Item, Shape};

pub(crate) fn stubs(outline: &Outline, item: &Item) -> TokenStream {
    let mut tokens = used::names(outline, item);
    tokens.extend(impls(outline, item));
    tokens
}

fn impls(outline: &Outline, item: &Item) -> TokenStream {
    match &outline.purpose {
        Purpose::Message { id, number } => {
            let mut tokens = part(outline);
            tokens.extend(entry::message(outline, *id, number));
            tokens.extend(behind(outline, &entry::whole(outline), &borrowing(outline)));
            tokens
        }
        Purpose::Part => {
            let mut tokens = part(outline);
            tokens.extend(of_part(outline));
            tokens.extend(header(outline));
            tokens
        }
        Purpose::Protocol { .. } => protocol(outline, item),
    }
}

fn part(outline: &Outline) -> TokenStream {
    let mut tokens = wire(outline);
    tokens.extend(pack(outline, &entry::whole(outline)));
    tokens.extend(unpack(outline, &borrowing(outline)));
    tokens.extend(entry::derived(outline));
    tokens
}

fn protocol(outline: &Outline, item: &Item) -> TokenStream {
    let (_, span) = context(outline);
    let mut tokens = head_of_protocol(outline, &quote_spanned!(span=> &[]), &TokenStream::new());
    tokens.extend(pack(outline, &owning(outline)));
    tokens.extend(unpack(outline, &borrowing_owned(outline)));
    tokens.extend(behind(outline, &owning(outline), &borrowing_owned(outline)));
    if let Shape::Enum(variants) = &item.shape {
        let messages = model::messages(variants);
        tokens.extend(ties::all(outline, &messages));
        tokens.extend(conversation::impls(outline, &messages));
    }
    tokens
}

/// A smallest size of 1, since lists refuse elements of none.
fn wire(outline: &Outline) -> TokenStream {
    let (p, span) = context(outline);
    let Head { generics, ty, bounds } = borrowing(outline);
    quote_spanned! {span=>
        impl #generics #p::Wire<'__wire> for #ty #bounds {
            const MIN: ::core::primitive::usize = 1;
            const BOUNDS: #p::Bounds = #p::Bounds::exactly(1);
            fn put<__O: #p::Order, __W: #p::Sink>(
                &self,
                _: &mut __W,
                _: ::core::primitive::usize,
            ) -> #p::Put {
                #p::never()
            }
            fn get<__O: #p::Order>(
                _: &mut #p::Reader<'__wire, '_>,
                _: ::core::primitive::usize,
            ) -> #p::Got<Self> {
                #p::never()
            }
        }
    }
}

fn pack(outline: &Outline, head: &Head) -> TokenStream {
    let (p, span) = context(outline);
    let (Head { generics, ty, bounds }, title) = (head, &outline.title);
    quote_spanned! {span=>
        impl #generics #p::Pack for #ty #bounds {
            const NAME: &'static ::core::primitive::str = #title;
            const MIN_LEN: ::core::primitive::usize = 0;
            const MAX_LEN: #p::Option<::core::primitive::usize> = #p::None;
            const MEMORY_PER_BYTE: ::core::primitive::usize = 0;
            fn put_whole<__W: #p::Sink>(&self, _: &mut __W) -> #p::Put {
                #p::never()
            }
        }
    }
}

fn unpack(outline: &Outline, head: &Head) -> TokenStream {
    let (p, span) = context(outline);
    let Head { generics, ty, bounds } = head;
    quote_spanned! {span=>
        impl #generics #p::Unpack<'__wire> for #ty #bounds {
            fn get_whole<__O: #p::Order>(
                _: &mut #p::Reader<'__wire, '_>,
            ) -> #p::Got<Self> {
                #p::never()
            }
        }
    }
}

/// What names a header has it.
fn behind(outline: &Outline, whole: &Head, reading: &Head) -> TokenStream {
    let Some(before) = &outline.header else {
        return TokenStream::new();
    };
    let (p, span) = context(outline);
    let (Head { generics, ty, bounds }, header) = (whole, &before.ty);
    let put = quote_spanned! {span=>
        impl #generics #p::HasHeader for #ty #bounds {
            type Header = #header;
            fn put_behind<__W: #p::Sink>(
                &self,
                _: #p::Option<&<Self as #p::HasHeader>::Header>,
                _: &mut __W,
            ) -> #p::Put {
                #p::never()
            }
        }
    };
    let Head { generics, ty, bounds } = reading;
    quote_spanned! {span=>
        #put
        impl #generics #p::UnpackBehind<'__wire> for #ty #bounds {
            fn get_behind<__O: #p::Order>(
                _: &mut #p::Reader<'__wire, '_>,
                _: &<Self as #p::HasHeader>::Header,
            ) -> #p::Got<Self> {
                #p::never()
            }
        }
    }
}

/// What was meant as a header is one.
fn header(outline: &Outline) -> TokenStream {
    if outline.duties.is_empty() || outline.generics.lifetimes().next().is_some() {
        return TokenStream::new();
    }
    let (p, span) = context(outline);
    let Head { generics, ty, bounds } = owning(outline);
    quote_spanned! {span=>
        impl #generics #p::Header for #ty #bounds {
            const ID: &'static ::core::primitive::str = "";
            const LEN: #p::Option<&'static ::core::primitive::str> = #p::Some("");
            fn fresh() -> Self {
                #p::never()
            }
            fn copied(&self) -> Self {
                #p::never()
            }
            fn id(&self) -> ::core::primitive::u64 {
                #p::never()
            }
            fn set_id(&mut self, _: ::core::primitive::u64) -> #p::SetRole {
                #p::never()
            }
            fn body_len(&self, _: ::core::primitive::usize) -> #p::BodyLen {
                #p::never()
            }
            fn set_body_len(
                &mut self,
                _: ::core::primitive::usize,
                _: ::core::primitive::usize,
            ) -> #p::SetRole {
                #p::never()
            }
        }
    }
}
