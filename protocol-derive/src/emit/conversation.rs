//! Conversations: the table of a protocol, and the same as impls for the compiler.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote_spanned;

use super::head::{self, Head, context, owning};
use super::route::message;
use super::{entry, ties};
use crate::model::{Conversation, MessageVariant, Outline, Reply};
use crate::paths::{start, type_of_user};
use crate::syntax::{Side, StateName, same};

/// The impls of a protocol that declares a conversation.
pub(super) fn impls(outline: &Outline, variants: &[MessageVariant]) -> TokenStream {
    let Some(conversation) = &outline.conversation else {
        return TokenStream::new();
    };
    let mut tokens = table(outline, conversation, variants);
    let named = variants.iter().filter(|it| !ties::is_type_parameter(outline, &it.ty));
    tokens.extend(named.map(|variant| allowed(outline, variant)));
    tokens
}

/// `Converses`: where a conversation begins, and what is declared of each message.
fn table(
    outline: &Outline,
    conversation: &Conversation,
    variants: &[MessageVariant],
) -> TokenStream {
    let (p, span) = context(outline);
    let Head { generics, ty, bounds } = owning(outline);
    let (first, name) = match &conversation.start {
        Some(state) => (type_of_user(&state.ty), state.name.as_str()),
        None => (quote_spanned!(span=> ()), ""),
    };
    let rules = variants.iter().map(|variant| rule(outline, variant));
    let behind = outline.header.as_ref().map(|_| {
        quote_spanned! {span=>
            #[inline]
            fn received(
                __wire_phase: #p::Phase,
                __wire_from: #p::Side,
                __wire_bytes: &[::core::primitive::u8],
            ) -> #p::Received {
                #p::received_behind::<Self>(__wire_phase, __wire_from, __wire_bytes)
            }
        }
    });
    quote_spanned! {span=>
        impl #generics #p::Converses for #ty #bounds {
            type Start = #first;
            const START: &'static ::core::primitive::str = #name;
            const RULES: &'static [#p::Rule] = &[#(#rules),*];
            #behind
        }
    }
}

/// A row of the table.
fn rule(outline: &Outline, variant: &MessageVariant) -> TokenStream {
    let span = start(&variant.ty);
    let p = outline.runtime.at(span);
    let message = message(outline, variant);
    let from = match variant.rule.from {
        Some(Side::Client) => quote_spanned!(span=> #p::Some(#p::Side::Client)),
        Some(Side::Server) => quote_spanned!(span=> #p::Some(#p::Side::Server)),
        None => quote_spanned!(span=> #p::None),
    };
    let states = variant.rule.states.iter().map(|state| &state.name);
    let then = match &variant.rule.then {
        Some(StateName { name, .. }) => quote_spanned!(span=> #p::Some(#name)),
        None => quote_spanned!(span=> #p::None),
    };
    quote_spanned! {span=>
        #p::Rule::new(#p::id_and_name::<#message>(), #from, &[#(#states),*], #then)
    }
}

/// In which states a message may be sent: `Allows`, and `Stays` where the state stays as it is or is
/// known only at run time.
fn allowed(outline: &Outline, variant: &MessageVariant) -> TokenStream {
    let span = start(&variant.ty);
    let p = outline.runtime.at(span);
    let any_state = quote_spanned!(span=> #p::AnyState);
    let then = variant.rule.then.as_ref().map(|then| type_of_user(&then.ty));
    let mut tokens = TokenStream::new();
    if variant.rule.states.is_empty() {
        let every = generic("__S", span);
        let every_state = quote_spanned!(span=> #every);
        let next = then.clone().unwrap_or_else(|| every_state.clone());
        tokens.extend(allows(outline, variant, Some(&every), &every_state, &next));
        match then {
            None => tokens.extend(stays(outline, variant, Some(&every), &every_state)),
            Some(then) => {
                tokens.extend(stays(outline, variant, None, &then));
                tokens.extend(stays(outline, variant, None, &any_state));
            }
        }
        return tokens;
    }
    for state in &variant.rule.states {
        let state = type_of_user(&state.ty);
        let next = then.as_ref().unwrap_or(&state);
        tokens.extend(allows(outline, variant, None, &state, next));
        if same(next, &state) {
            tokens.extend(stays(outline, variant, None, &state));
        }
    }
    tokens.extend(stays(outline, variant, None, &any_state));
    tokens
}

fn allows(
    outline: &Outline,
    variant: &MessageVariant,
    every: Option<&Ident>,
    state: &TokenStream,
    next: &TokenStream,
) -> TokenStream {
    let (Head { generics, ty, bounds }, side) = head_of(outline, variant, every);
    let span = start(&variant.ty);
    let (p, message) = (outline.runtime.at(span), ties::own(variant));
    quote_spanned! {span=>
        impl #generics #p::Allows<#side, #state, #message> for #ty #bounds {
            type Then = #next;
        }
    }
}

fn stays(
    outline: &Outline,
    variant: &MessageVariant,
    every: Option<&Ident>,
    state: &TokenStream,
) -> TokenStream {
    let (Head { generics, ty, bounds }, side) = head_of(outline, variant, every);
    let span = start(&variant.ty);
    let (p, message) = (outline.runtime.at(span), ties::own(variant));
    quote_spanned!(span=> impl #generics #p::Stays<#side, #state, #message> for #ty #bounds {})
}

/// The head of an impl for the sides that send the message, and those sides; `every` is a parameter for
/// every state.
fn head_of(
    outline: &Outline,
    variant: &MessageVariant,
    every: Option<&Ident>,
) -> (Head, TokenStream) {
    let span = start(&variant.ty);
    let p = outline.runtime.at(span);
    let both = generic("__R", span);
    let (side, both) = match variant.rule.from {
        Some(Side::Client) => (quote_spanned!(span=> #p::ClientSide), None),
        Some(Side::Server) => (quote_spanned!(span=> #p::ServerSide), None),
        None => (quote_spanned!(span=> #both), Some(&both)),
    };
    let extra: Vec<&Ident> = both.into_iter().chain(every).collect();
    (head::owning_with(outline, &extra), side)
}

fn generic(name: &str, span: Span) -> Ident {
    Ident::new(name, span)
}

/// `Request` of a message that is answered.
pub(super) fn request(outline: &Outline) -> TokenStream {
    let Some(Reply { reply, refusal }) = &outline.reply else {
        return TokenStream::new();
    };
    let (p, span) = context(outline);
    let Head { generics, ty, bounds } = entry::whole(outline);
    let reply = type_of_user(reply);
    let reply = match refusal {
        Some(refusal) => {
            let refusal = type_of_user(refusal);
            quote_spanned!(span=> #p::Result<#reply, #refusal>)
        }
        None => reply,
    };
    quote_spanned! {span=>
        impl #generics #p::Request for #ty #bounds {
            type Reply = #reply;
        }
    }
}
