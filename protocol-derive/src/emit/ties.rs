//! What ties messages to their protocol: conversions, and the checks that their numbers fit in.

use proc_macro2::{Literal, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::Type;

use super::head::{self, Head, context, owning};
use super::route::{message, route, static_message};
use crate::model::{MessageVariant, Outline, Protocol};
use crate::paths::{adopted, start, type_of_user};

/// The conversions between each message and the protocol.
pub(super) fn all(outline: &Outline, variants: &[MessageVariant]) -> TokenStream {
    variants
        .iter()
        .filter(|variant| !is_type_parameter(outline, &variant.ty))
        .map(|variant| conversions(outline, variant))
        .collect()
}

/// The message itself, without the `Box` around it.
pub(super) fn own(variant: &MessageVariant) -> TokenStream {
    type_of_user(variant.boxed.as_ref().unwrap_or(&variant.ty))
}

fn conversions(outline: &Outline, variant: &MessageVariant) -> TokenStream {
    let span = start(&variant.ty);
    let (p, name) = (outline.runtime.at(span), adopted(&variant.name));
    let Head { generics, ty: protocol, bounds } = owning(outline);
    let held = type_of_user(&variant.ty);
    let own = own(variant);
    let (wrapped, unwrapped) = match &variant.boxed {
        Some(_) => (
            quote_spanned!(span=> <#held as #p::From<#own>>::from(__wire_m)),
            quote_spanned!(span=> *__wire_m),
        ),
        None => (quote_spanned!(span=> __wire_m), quote_spanned!(span=> __wire_m)),
    };
    let message = message(outline, variant);
    let put = put_as_variant(outline, variant, &own);
    let put_with_header = put_with_header(outline, variant, &own);
    quote_spanned! {span=>
        impl #generics #p::From<#own> for #protocol #bounds {
            #[inline]
            fn from(__wire_m: #own) -> Self {
                Self::#name(#wrapped)
            }
        }
        impl #generics #p::TryFrom<#protocol> for #own #bounds {
            type Error = #p::UnexpectedMessage<#protocol>;
            #[inline]
            fn try_from(__wire_m: #protocol) -> #p::Result<Self, Self::Error> {
                <#protocol as #p::Lists<#own>>::take(__wire_m)
            }
        }
        impl #generics #p::Lists<#own> for #protocol #bounds {
            #[inline]
            fn take(self) -> #p::Result<#own, #p::UnexpectedMessage<Self>> {
                match self {
                    Self::#name(__wire_m) => #p::Ok(#unwrapped),
                    __wire_other => #p::Err(#p::UnexpectedMessage::new(
                        __wire_other,
                        <#message as #p::Pack>::NAME,
                    )),
                }
            }
            #put
        }
        #put_with_header
    }
}

/// How a message is packed as one of a protocol with a header, whoever holds it.
fn put_as_variant(outline: &Outline, variant: &MessageVariant, own: &TokenStream) -> TokenStream {
    if outline.header.is_none() {
        return TokenStream::new();
    }
    let span = start(&variant.ty);
    let p = outline.runtime.at(span);
    let route = route(outline, variant, "'static");
    quote_spanned! {span=>
        #[inline]
        fn put<__W: #p::Sink>(__wire_m: &#own, __wire_w: &mut __W) -> #p::Put {
            #route::put::<__W>(__wire_m, #p::None, __wire_w)
        }
    }
}

/// The same behind a header that begins as another.
fn put_with_header(outline: &Outline, variant: &MessageVariant, own: &TokenStream) -> TokenStream {
    if outline.header.is_none() {
        return TokenStream::new();
    }
    let span = start(&variant.ty);
    let p = outline.runtime.at(span);
    let Head { generics, ty: protocol, bounds } = owning(outline);
    let route = route(outline, variant, "'static");
    quote_spanned! {span=>
        impl #generics #p::ListsBehind<#own> for #protocol #bounds {
            #[inline]
            fn put_with<__W: #p::Sink>(
                __wire_m: &#own,
                __wire_header: &<Self as #p::HasHeader>::Header,
                __wire_w: &mut __W,
            ) -> #p::Put {
                #route::put::<__W>(__wire_m, #p::Some(__wire_header), __wire_w)
            }
        }
    }
}

/// The checks of the numbers, each at the variant that is wrong.
pub(super) fn checks(outline: &Outline, protocol: &Protocol) -> TokenStream {
    if !head::is_concrete(outline) {
        return TokenStream::new();
    }
    let (_, span) = context(outline);
    let whole = head::with_lifetime(outline, &head::lifetime("'static", span));
    let mut tokens = match outline.is_only_sent {
        true => TokenStream::new(),
        false => distinct(outline, protocol),
    };
    for variant in &protocol.variants {
        let span = start(&variant.ty);
        let p = outline.runtime.at(span);
        let message = static_message(outline, variant);
        if outline.header.is_none() {
            tokens
                .extend(constant(quote_spanned!(span=> #p::assert_same_id::<#message, #whole>())));
        }
        if protocol.reserved.is_empty() {
            continue;
        }
        let ranges = ranges(protocol, span);
        tokens.extend(constant(
            quote_spanned!(span=> #p::assert_not_reserved::<#message, #whole>(&[#(#ranges),*])),
        ));
    }
    tokens
}

/// Two messages with one number, at the second of them.
fn distinct(outline: &Outline, protocol: &Protocol) -> TokenStream {
    let span = context(outline).1;
    let whole = head::with_lifetime(outline, &head::lifetime("'static", span));
    let places = 1..protocol.variants.len();
    places
        .zip(protocol.variants.iter().skip(1))
        .map(|(place, variant)| {
            let span = start(&variant.ty);
            let p = outline.runtime.at(span);
            constant(quote_spanned!(span=> #p::assert_number_is_new::<#whole>(#place)))
        })
        .collect()
}

/// A check that the compiler makes, at its own place.
fn constant(check: TokenStream) -> TokenStream {
    quote!(const _: () = #check;)
}

/// The checks of a generic protocol, as a constant that is looked at where the protocol is used, when its
/// types are known.
pub(super) fn sound(outline: &Outline, protocol: &Protocol) -> TokenStream {
    if head::is_concrete(outline) {
        return TokenStream::new();
    }
    let checks = protocol.variants.iter().enumerate().map(|(place, variant)| {
        let span = start(&variant.ty);
        let p = outline.runtime.at(span);
        let message = message(outline, variant);
        let ranges = ranges(protocol, span);
        let same_id = outline
            .header
            .is_none()
            .then(|| quote_spanned!(span=> #p::assert_same_id::<#message, Self>();));
        quote_spanned! {span=>
            #same_id
            #p::assert_not_reserved::<#message, Self>(&[#(#ranges),*]);
            #p::assert_number_is_new::<Self>(#place);
        }
    });
    let (_, span) = context(outline);
    quote_spanned!(span=> const SOUND: () = { #(#checks)* };)
}

/// A look at them.
pub(super) fn checked_in_use(outline: &Outline) -> TokenStream {
    if head::is_concrete(outline) {
        return TokenStream::new();
    }
    let (p, span) = context(outline);
    quote_spanned!(span=> let () = <Self as #p::Protocol>::SOUND;)
}

/// The reserved numbers, as pairs of the first and the last.
fn ranges(protocol: &Protocol, span: Span) -> impl Iterator<Item = TokenStream> {
    protocol.reserved.iter().map(move |range| {
        let first = Literal::u64_unsuffixed(range.first);
        let last = Literal::u64_unsuffixed(range.last);
        quote_spanned!(span=> (#first, #last))
    })
}

/// A variant that is a type parameter alone: a conversion from it would be one from everything.
pub(super) fn is_type_parameter(outline: &Outline, ty: &Type) -> bool {
    match ty {
        Type::Path(path) => path
            .path
            .get_ident()
            .is_some_and(|ident| outline.generics.type_params().any(|param| param.ident == *ident)),
        _ => false,
    }
}
