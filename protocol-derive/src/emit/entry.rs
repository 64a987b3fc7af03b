//! The entries that users call: `Pack` and `Unpack` of messages and parts, and `Message`.

use proc_macro2::{Span, TokenStream, TokenTree};
use quote::{ToTokens, quote_spanned};

use super::conversation;
use super::head::{self, Head, borrowing, context};
use super::protocol;
use crate::model::{Id, Order, Outline, Purpose};
use crate::syntax::IdWidth;

/// The entries; `table` is the layout of a message.
pub(super) fn impls(outline: &Outline, table: &TokenStream) -> TokenStream {
    let mut tokens = TokenStream::new();
    // With a header, what is packed and unpacked begins with that.
    if outline.header.is_none() {
        tokens.extend(pack(outline));
        tokens.extend(unpack(outline));
        tokens.extend(derived(outline));
    }
    match &outline.purpose {
        Purpose::Message { id, number } => {
            tokens.extend(table.clone());
            tokens.extend(message(outline, *id, number));
        }
        Purpose::Part => tokens.extend(protocol::of_part(outline)),
        Purpose::Protocol { .. } => {}
    }
    tokens
}

fn pack(outline: &Outline) -> TokenStream {
    let (p, span) = context(outline);
    let Head { generics, ty, bounds } = whole(outline);
    let title = &outline.title;
    let borrowed = match outline.generics.type_params().next() {
        Some(_) => head::lifetime("'__wire", span),
        None => head::lifetime("'static", span),
    };
    let (min, max, put) = match outline.purpose {
        Purpose::Message { .. } => (
            quote_spanned!(span=> #p::message_min_len::<Self>()),
            quote_spanned!(span=> #p::message_max_len::<Self>()),
            quote_spanned!(span=> put_message),
        ),
        Purpose::Part | Purpose::Protocol { .. } => (
            quote_spanned!(span=> <Self as #p::Wire<#borrowed>>::MIN),
            quote_spanned!(span=> <Self as #p::Wire<#borrowed>>::BOUNDS.max_len),
            quote_spanned!(span=> put_part),
        ),
    };
    let bool = quote_spanned!(span=> ::core::primitive::bool);
    let end = (!outline.ignores_trailing)
        .then(|| quote_spanned!(span=> const TELLS_END: #bool = #p::tells_end::<Self>();));
    quote_spanned! {span=>
        impl #generics #p::Pack for #ty #bounds {
            const NAME: &'static ::core::primitive::str = #title;
            const MIN_LEN: ::core::primitive::usize = #min;
            const MAX_LEN: #p::MaxLen = #max;
            const MEMORY_PER_BYTE: ::core::primitive::usize = #p::memory::<Self>();
            #end
            #[inline(always)]
            fn put_whole<__W: #p::Sink>(&self, __wire_w: &mut __W) -> #p::Put {
                #p::#put::<Self, __W>(self, __wire_w)
            }
        }
    }
}

fn unpack(outline: &Outline) -> TokenStream {
    let (p, span) = context(outline);
    let Head { generics, ty, bounds } = borrowing(outline);
    let get = match outline.purpose {
        Purpose::Message { .. } => quote_spanned!(span=> get_message),
        Purpose::Part | Purpose::Protocol { .. } => quote_spanned!(span=> get_body),
    };
    let ignores = outline.ignores_trailing.then(|| ignores_trailing(span));
    quote_spanned! {span=>
        impl #generics #p::Unpack<'__wire> for #ty #bounds {
            #ignores
            #[inline(always)]
            fn get_whole<__O: #p::Order>(
                __wire_r: &mut #p::Reader<'__wire, '_>,
            ) -> #p::Got<Self> {
                #p::#get::<Self, __O>(__wire_r)
            }
        }
    }
}

/// Says that the type can stand in a group of its own, after its length.
pub(super) fn derived(outline: &Outline) -> TokenStream {
    let (p, span) = context(outline);
    let Head { generics, ty, bounds } = borrowing(outline);
    let ignores = outline.ignores_trailing.then(|| ignores_trailing(span));
    quote_spanned!(span=> impl #generics #p::Derived<'__wire> for #ty #bounds { #ignores })
}

fn ignores_trailing(span: Span) -> TokenStream {
    quote_spanned!(span=> const IGNORES_TRAILING: ::core::primitive::bool = true;)
}

/// The number's type is checked as that of the id, and then widened.
pub(super) fn message(outline: &Outline, id: Id, number: &TokenStream) -> TokenStream {
    let (p, span) = context(outline);
    let Head { generics, ty, bounds } = whole(outline);
    let (width, order) = id_types(outline, id);
    let number = match number.clone().into_iter().next() {
        // A literal was checked against the width, and fits any larger type.
        Some(TokenTree::Literal(literal)) if number.clone().into_iter().count() == 1 => {
            literal.into_token_stream()
        }
        _ => quote_spanned! {span=>
            {
                const __WIRE_ID: #width = #number;
                __WIRE_ID as ::core::primitive::u64
            }
        },
    };
    let request = conversation::request(outline);
    quote_spanned! {span=>
        impl #generics #p::Message for #ty #bounds {
            type Id = #width;
            type IdOrder = #order;
            const ID: ::core::primitive::u64 = #number;
        }
        #request
    }
}

/// The type of the id and its order, as types.
pub(super) fn id_types(outline: &Outline, id: Id) -> (TokenStream, TokenStream) {
    let (p, span) = context(outline);
    let width = match id.width {
        IdWidth::U8 => quote_spanned!(span=> ::core::primitive::u8),
        IdWidth::U16 => quote_spanned!(span=> ::core::primitive::u16),
        IdWidth::U32 => quote_spanned!(span=> ::core::primitive::u32),
        IdWidth::Varint => quote_spanned!(span=> #p::Varint),
    };
    let order = match id.order {
        Order::Inherited | Order::Big => quote_spanned!(span=> #p::Big),
        Order::Little => quote_spanned!(span=> #p::Little),
    };
    (width, order)
}

/// The head of an impl for a whole value. A type parameter has a layout only for some lifetime of
/// the bytes, so then the impl is generic over that.
pub(super) fn whole(outline: &Outline) -> Head {
    match outline.generics.type_params().next() {
        Some(_) => borrowing(outline),
        None => head::owning(outline),
    }
}
