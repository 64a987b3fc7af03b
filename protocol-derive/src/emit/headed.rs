//! Protocols behind a header, and what all have in common that begins with one.

use proc_macro2::{Span, TokenStream};
use quote::quote_spanned;

use super::entry::whole;
use super::head::{self, Head, borrowing, context, owning};
use super::protocol::borrowing_owned;
use super::route::route;
use super::ties;
use crate::model::{HeaderBefore, MessageVariant, Outline, Protocol, Purpose, UnknownVariant};
use crate::paths::{adopted, start, type_of_user};

/// `Pack` and `Unpack` of what names its header: both put the header before the body.
pub(super) fn entries(outline: &Outline, sizes: &TokenStream) -> TokenStream {
    let (p, span) = context(outline);
    let (whole, reading) = match outline.purpose {
        Purpose::Protocol { .. } => (owning(outline), borrowing_owned(outline)),
        Purpose::Message { .. } | Purpose::Part => (whole(outline), borrowing(outline)),
    };
    let Head { generics, ty, bounds } = whole;
    let (title, version) = (&outline.title, head::version(outline));
    let pack = quote_spanned! {span=>
        impl #generics #p::Pack for #ty #bounds {
            const NAME: &'static ::core::primitive::str = #title;
            const MIN_LEN: ::core::primitive::usize = #p::min_len_behind::<Self>(#sizes);
            const MAX_LEN: #p::Option<::core::primitive::usize> =
                #p::max_len_behind::<Self>(#sizes);
            const MEMORY_PER_BYTE: ::core::primitive::usize = #p::memory_behind::<Self>(#sizes);
            #version
            #[inline]
            fn put_whole<__W: #p::Sink>(&self, __wire_w: &mut __W) -> #p::Put {
                <Self as #p::HasHeader>::put_behind(self, #p::None, __wire_w)
            }
        }
    };
    let Head { generics, ty, bounds } = reading;
    let unpack = (!outline.is_only_sent).then(|| {
        quote_spanned! {span=>
            impl #generics #p::Unpack<'__wire> for #ty #bounds {
                #[inline]
                fn get_whole<__O: #p::Order>(
                    __wire_r: &mut #p::Reader<'__wire, '_>,
                ) -> #p::Got<Self> {
                    #p::get_headed::<Self, __O>(__wire_r)
                }
            }
        }
    });
    quote_spanned!(span=> #pack #unpack)
}

/// The impls of a protocol whose messages stand behind a header.
pub(super) fn protocol(
    outline: &Outline,
    protocol: &Protocol,
    before: &HeaderBefore,
) -> TokenStream {
    let mut tokens = entries(outline, &sizes(outline, protocol));
    tokens.extend(put(outline, protocol, before));
    if !outline.is_only_sent {
        tokens.extend(get(outline, protocol));
    }
    tokens
}

/// The fewest bytes and the bounds of each body, as a list of pairs.
fn sizes(outline: &Outline, protocol: &Protocol) -> TokenStream {
    let (p, span) = context(outline);
    let known = protocol.variants.iter().map(|variant| {
        let span = start(&variant.ty);
        let route = route(outline, variant, "'static");
        let bounds = match &variant.boxed {
            None => quote_spanned!(span=> #route::BOUNDS),
            Some(inner) => {
                let inner = type_of_user(inner);
                let size = quote_spanned!(span=> ::core::mem::size_of::<#inner>());
                quote_spanned!(span=> #route::BOUNDS.on_heap(#size, #route::MIN))
            }
        };
        quote_spanned!(span=> (#route::MIN, #bounds))
    });
    let unknown =
        protocol.catch_all.iter().map(|_| quote_spanned!(span=> (0, #p::Bounds::rest(1))));
    let all = known.chain(unknown);
    quote_spanned!(span=> &[#(#all),*])
}

fn put(outline: &Outline, protocol: &Protocol, before: &HeaderBefore) -> TokenStream {
    let (p, span) = context(outline);
    let Head { generics, ty, bounds } = owning(outline);
    let header = &before.ty;
    let known = protocol.variants.iter().map(|variant| put_message(outline, variant));
    let unknown = protocol.catch_all.iter().map(|it| put_unknown(outline, it));
    quote_spanned! {span=>
        impl #generics #p::HasHeader for #ty #bounds {
            type Header = #header;
            #[inline]
            fn put_behind<__W: #p::Sink>(
                &self,
                __wire_header: #p::Option<&<Self as #p::HasHeader>::Header>,
                __wire_w: &mut __W,
            ) -> #p::Put {
                match self {
                    #(#known)*
                    #(#unknown)*
                }
            }
        }
    }
}

fn put_message(outline: &Outline, variant: &MessageVariant) -> TokenStream {
    let span = start(&variant.ty);
    let name = adopted(&variant.name);
    let route = route(outline, variant, "'static");
    quote_spanned! {span=>
        Self::#name(__wire_m) => {
            #route::put::<__W>(__wire_m, __wire_header, __wire_w)
        }
    }
}

fn put_unknown(outline: &Outline, catch_all: &UnknownVariant) -> TokenStream {
    let (keeps, span) = keeps(outline, catch_all);
    let name = adopted(&catch_all.name);
    quote_spanned! {span=>
        Self::#name(__wire_m) => #keeps::put::<Self, __W>(__wire_m, __wire_header, __wire_w),
    }
}

/// The way to the type of the catch-all.
fn keeps(outline: &Outline, catch_all: &UnknownVariant) -> (TokenStream, Span) {
    let span = start(&catch_all.ty);
    let (p, ty) = (outline.runtime.at(span), type_of_user(&catch_all.ty));
    (quote_spanned!(span=> <#ty as #p::KeepsBehind<<Self as #p::HasHeader>::Header>>), span)
}

fn get(outline: &Outline, protocol: &Protocol) -> TokenStream {
    let (p, span) = context(outline);
    let Head { generics, ty, bounds } = borrowing_owned(outline);
    let checks = ties::checked_in_use(outline);
    let tests = protocol.variants.iter().map(|variant| get_message(outline, variant));
    let otherwise = match &protocol.catch_all {
        Some(catch_all) => {
            let (keeps, span) = keeps(outline, catch_all);
            let name = adopted(&catch_all.name);
            quote_spanned!(span=> #p::Ok(Self::#name(#keeps::get(__wire_r, __wire_header)?)))
        }
        None => {
            quote_spanned!(span=> #p::Err(#p::unknown_behind::<Self>(__wire_r, __wire_header)))
        }
    };
    quote_spanned! {span=>
        impl #generics #p::UnpackBehind<'__wire> for #ty #bounds {
            #[inline]
            fn get_behind<__O: #p::Order>(
                __wire_r: &mut #p::Reader<'__wire, '_>,
                __wire_header: &<Self as #p::HasHeader>::Header,
            ) -> #p::Got<Self> {
                #checks
                let __wire_id = #p::id_behind::<Self>(__wire_header);
                #(#tests)*
                #otherwise
            }
        }
    }
}

fn get_message(outline: &Outline, variant: &MessageVariant) -> TokenStream {
    let span = start(&variant.ty);
    let (p, name) = (outline.runtime.at(span), adopted(&variant.name));
    let ty = type_of_user(variant.message(outline.header.as_ref()));
    let route = route(outline, variant, "'__wire");
    let get = match variant.boxed {
        Some(_) => quote_spanned!(span=> get_boxed),
        None => quote_spanned!(span=> get),
    };
    quote_spanned! {span=>
        if __wire_id == <#ty as #p::Message>::ID {
            return #p::Ok(Self::#name(#route::#get::<__O>(__wire_r, __wire_header)?));
        }
    }
}
