//! `Protocol` for an enum of messages, and what ties the messages to it.

use proc_macro2::TokenStream;
use quote::quote_spanned;

use super::entry::id_types;
use super::head::{self, Head, borrowing, context, owning};
use super::route::{message, route};
use super::{conversation, headed, ties};
use crate::model::{MessageVariant, Outline, Protocol, Purpose, UnknownVariant};
use crate::paths::{adopted, start, type_of_user};

pub(super) fn impls(outline: &Outline, protocol: &Protocol) -> TokenStream {
    let mut tokens = description(outline, protocol);
    match &outline.header {
        Some(before) => tokens.extend(headed::protocol(outline, protocol, before)),
        None => {
            tokens.extend(pack(outline, protocol));
            if !outline.is_only_sent {
                tokens.extend(unpack(outline, protocol));
            }
        }
    }
    tokens.extend(ties::all(outline, &protocol.variants));
    tokens.extend(ties::checks(outline, protocol));
    tokens.extend(conversation::impls(outline, &protocol.variants));
    tokens
}

/// The list of messages.
fn description(outline: &Outline, protocol: &Protocol) -> TokenStream {
    let infos = protocol.variants.iter().map(|variant| {
        let (p, span) = (outline.runtime.at(start(&variant.ty)), start(&variant.ty));
        let message = message(outline, variant);
        quote_spanned!(span=> #p::MessageInfo::of::<#message>())
    });
    head_of_protocol(outline, &quote_list(outline, infos), &ties::sound(outline, protocol))
}

fn quote_list(outline: &Outline, items: impl Iterator<Item = TokenStream>) -> TokenStream {
    let (_, span) = context(outline);
    quote_spanned!(span=> &[#(#items),*])
}

/// A part is a protocol of one message, which has no number. With type parameters it is none: a bound of
/// the user's may say less than that it can be read from any bytes.
pub(super) fn of_part(outline: &Outline) -> TokenStream {
    if outline.generics.type_params().next().is_some() {
        return TokenStream::new();
    }
    let (p, span) = context(outline);
    let Head { generics, ty, bounds } = owning(outline);
    let lifetime = head::lifetime("'__of", span);
    let of = head::with_lifetime(outline, &lifetime);
    quote_spanned! {span=>
        impl #generics #p::Alone for #ty #bounds {
            type Of<#lifetime> = #of;
        }
        impl #generics #p::MessageOf<Self> for #ty #bounds {}
    }
}

/// `Protocol` with this list of messages, and their checks.
pub(super) fn head_of_protocol(
    outline: &Outline,
    messages: &TokenStream,
    sound: &TokenStream,
) -> TokenStream {
    let (p, span) = context(outline);
    let Head { generics, ty, bounds } = owning(outline);
    let lifetime = head::lifetime("'__of", span);
    let of = head::with_lifetime(outline, &lifetime);
    let (width, order) = match &outline.purpose {
        Purpose::Protocol { id } | Purpose::Message { id, .. } => id_types(outline, *id),
        Purpose::Part => return TokenStream::new(),
    };
    let number_in = outline.header.as_ref().map(|_| {
        quote_spanned! {span=>
            fn number_in(
                __wire_bytes: &[::core::primitive::u8],
            ) -> #p::Option<::core::primitive::u64> {
                #p::number_behind::<Self>(__wire_bytes)
            }
        }
    });
    let received = (!outline.is_only_sent).then(|| {
        quote_spanned! {span=>
            impl #generics #p::Protocol for #ty #bounds {
                type Of<#lifetime> = #of;
                const MESSAGES: &'static [#p::MessageInfo] = #messages;
                #sound
                #number_in
            }
        }
    });
    quote_spanned! {span=>
        impl #generics #p::Spoken for #ty #bounds {
            type Id = #width;
            type IdOrder = #order;
            type Sent<#lifetime> = #of;
        }
        #received
        impl #generics #p::MessageOf<Self> for #ty #bounds {}
    }
}

fn pack(outline: &Outline, protocol: &Protocol) -> TokenStream {
    let (p, span) = context(outline);
    let Head { generics, ty, bounds } = owning(outline);
    let title = &outline.title;
    let messages: Vec<TokenStream> =
        protocol.variants.iter().map(|variant| message(outline, variant)).collect();
    let unknown_min = protocol
        .catch_all
        .iter()
        .map(|_| quote_spanned!(span=> <<Self as #p::Spoken>::Id as #p::Wire<'static>>::MIN));
    let unknown_max = protocol.catch_all.iter().map(|_| quote_spanned!(span=> #p::None));
    let mins = messages.iter().map(|it| quote_spanned!(span=> <#it as #p::Pack>::MIN_LEN));
    let maxs = messages.iter().map(|it| quote_spanned!(span=> <#it as #p::Pack>::MAX_LEN));
    let (mins, maxs) = (mins.chain(unknown_min), maxs.chain(unknown_max));
    let ends = messages.iter().map(|it| quote_spanned!(span=> <#it as #p::Pack>::TELLS_END));
    // What is kept of an unknown message is all that is left.
    let ends = ends.chain(protocol.catch_all.iter().map(|_| quote_spanned!(span=> false)));
    let memory =
        messages.iter().map(|it| quote_spanned!(span=> <#it as #p::Pack>::MEMORY_PER_BYTE));
    let memory = memory.chain(protocol.catch_all.iter().map(|_| quote_spanned!(span=> 1)));
    let arms = protocol.variants.iter().map(|variant| put_message(outline, variant));
    let unknown = protocol.catch_all.iter().map(|it| put_unknown(outline, it));
    let version = head::version(outline);
    quote_spanned! {span=>
        impl #generics #p::Pack for #ty #bounds {
            const NAME: &'static ::core::primitive::str = #title;
            const MIN_LEN: ::core::primitive::usize = #p::least(&[#(#mins),*]);
            const MAX_LEN: #p::Option<::core::primitive::usize> = #p::most(&[#(#maxs),*]);
            const MEMORY_PER_BYTE: ::core::primitive::usize = #p::largest(&[#(#memory),*]);
            #version
            const TELLS_END: ::core::primitive::bool = #p::all(&[#(#ends),*]);
            #[inline]
            fn put_whole<__W: #p::Sink>(&self, __wire_w: &mut __W) -> #p::Put {
                match self {
                    #(#arms)*
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
        Self::#name(__wire_m) => #route::put::<__W>(__wire_m, __wire_w),
    }
}

fn put_unknown(outline: &Outline, catch_all: &UnknownVariant) -> TokenStream {
    let span = start(&catch_all.ty);
    let (p, name) = (outline.runtime.at(span), adopted(&catch_all.name));
    let ty = type_of_user(&catch_all.ty);
    quote_spanned! {span=>
        Self::#name(__wire_m) => <#ty as #p::Keeps>::put::<Self, __W>(__wire_m, __wire_w),
    }
}

fn unpack(outline: &Outline, protocol: &Protocol) -> TokenStream {
    let (p, span) = context(outline);
    let Head { generics, ty, bounds } = borrowing_owned(outline);
    let tests = protocol.variants.iter().map(|variant| get_message(outline, variant));
    let checks = ties::checked_in_use(outline);
    let otherwise = match &protocol.catch_all {
        Some(catch_all) => get_unknown(outline, catch_all),
        None => quote_spanned!(span=> #p::Err(#p::unknown_message::<Self>(__wire_r, __wire_id))),
    };
    quote_spanned! {span=>
        impl #generics #p::Unpack<'__wire> for #ty #bounds {
            #[inline]
            fn get_whole<__O: #p::Order>(
                __wire_r: &mut #p::Reader<'__wire, '_>,
            ) -> #p::Got<Self> {
                #checks
                let __wire_id = #p::get_id::<Self, __O>(__wire_r)?;
                #(#tests)*
                #otherwise
            }
        }
    }
}

fn get_message(outline: &Outline, variant: &MessageVariant) -> TokenStream {
    let span = start(&variant.ty);
    let (p, name) = (outline.runtime.at(span), adopted(&variant.name));
    let ty = type_of_user(&variant.ty);
    let route = route(outline, variant, "'__wire");
    quote_spanned! {span=>
        if __wire_id == <#ty as #p::Message>::ID {
            return #p::Ok(Self::#name(#route::get::<__O>(__wire_r)?));
        }
    }
}

fn get_unknown(outline: &Outline, catch_all: &UnknownVariant) -> TokenStream {
    let span = start(&catch_all.ty);
    let (p, name) = (outline.runtime.at(span), adopted(&catch_all.name));
    let ty = type_of_user(&catch_all.ty);
    quote_spanned! {span=>
        #p::Ok(Self::#name(<#ty as #p::Keeps>::get(__wire_r, __wire_id)?))
    }
}

/// The head of an impl that reads, of a type whose type parameters are read from any bytes.
pub(super) fn borrowing_owned(outline: &Outline) -> Head {
    Head { bounds: owning(outline).bounds, ..borrowing(outline) }
}
