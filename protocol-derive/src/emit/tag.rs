//! The tags of an enum's variants: as numbers, as patterns, and compared with each other.

use proc_macro2::{Literal, Span, TokenStream};
use quote::{ToTokens, quote_spanned};
use syn::ext::IdentExt;

use super::format::{Namer, Scope};
use super::head::context;
use crate::errors::catalogue;
use crate::model::{CatchAll, Choice, Holder, Outline, Tag, Variant};
use crate::paths::{adopted, located, start, type_of_user};
use crate::plan::binding;
use crate::syntax::{Range, Width};

/// The function that gives the tag of a value.
pub(super) fn of_value(outline: &Outline, choice: &Choice) -> TokenStream {
    let (_, span) = context(outline);
    let arms = choice.variants.iter().map(|variant| {
        let (name, span) = (adopted(&variant.name), located(variant.name.span()));
        match variant.tag.holder() {
            Some(holder) => held(outline, &name, holder),
            None => {
                let number = number(choice, variant);
                quote_spanned!(span=> Self::#name { .. } => #number,)
            }
        }
    });
    let catch_all = choice.catch_all.iter().map(|it| held(outline, &adopted(&it.name), &it.holder));
    quote_spanned! {span=>
        fn tag(&self) -> ::core::primitive::u64 {
            match self {
                #(#arms)*
                #(#catch_all)*
            }
        }
    }
}

/// The arm of a variant that holds its tag.
fn held(outline: &Outline, name: &TokenStream, holder: &Holder) -> TokenStream {
    let (span, member) = (start(&holder.ty), adopted(&holder.member));
    let tag = tag_of(outline, holder);
    let held = binding(0, span);
    quote_spanned!(span=> Self::#name { #member: #held, .. } => #tag,)
}

/// The tag in the field that is bound first.
fn tag_of(outline: &Outline, holder: &Holder) -> TokenStream {
    let (span, ty) = (start(&holder.ty), type_of_user(&holder.ty));
    let p = outline.runtime.at(span);
    let held = binding(0, span);
    quote_spanned!(span=> <#ty as #p::TagValue>::tag(#held))
}

/// The statement that makes the field that holds the tag, bound like the field of a value.
pub(super) fn keep(outline: &Outline, holder: &Holder) -> TokenStream {
    let (span, ty) = (start(&holder.ty), type_of_user(&holder.ty));
    let (p, tag) = (outline.runtime.at(span), binding(0, span));
    quote_spanned!(span=> let #tag = <#ty as #p::TagValue>::keep(__wire_tag, __wire_r)?;)
}

/// The statement that refuses a tag outside of the range of its variant.
pub(super) fn is_within(outline: &Outline, variant: &Variant) -> TokenStream {
    let Tag::Range(Range { first, last }, holder) = &variant.tag else {
        return TokenStream::new();
    };
    let span = start(&holder.ty);
    let (p, tag, name) = (outline.runtime.at(span), tag_of(outline, holder), &holder.name);
    let (first, last) = (literal(*first, span), literal(*last, span));
    quote_spanned!(span=> #p::tag_within(__wire_w, #tag, #first, #last, #name)?;)
}

/// The statement that refuses a tag in the catch-all that belongs to a variant: it would be read
/// back as that variant.
pub(super) fn is_unknown(outline: &Outline, choice: &Choice, catch_all: &CatchAll) -> TokenStream {
    if choice.variants.is_empty() {
        return TokenStream::new();
    }
    let span = located(catch_all.name.span());
    let p = outline.runtime.at(span);
    let tag = tag_of(outline, &catch_all.holder);
    let tests = choice.variants.iter().map(|variant| test(choice, variant));
    quote_spanned! {span=>
        let __wire_tag = #tag;
        let __wire_known = match __wire_tag {
            #(#tests => true,)*
            _ => false,
        };
        if __wire_known {
            return #p::Err(#p::known_tag(__wire_w, __wire_tag));
        }
    }
}

/// The pattern that the tags of a variant match, with a guard if they are no literals.
pub(super) fn test(choice: &Choice, variant: &Variant) -> TokenStream {
    let span = located(variant.name.span());
    match &variant.tag {
        Tag::Number(number) => literal(*number, span),
        Tag::Range(Range { first, last }, _) => {
            let (first, last) = (literal(*first, span), literal(*last, span));
            quote_spanned!(span=> #first..=#last)
        }
        Tag::Constant(_) | Tag::Computed => {
            let number = number(choice, variant);
            quote_spanned!(span=> __wire_other if __wire_other == #number)
        }
    }
}

/// The tag of a variant that has one, as an expression of the type `u64`. A constant is checked as
/// the type of the tag.
fn number(choice: &Choice, variant: &Variant) -> TokenStream {
    let span = located(variant.name.span());
    match &variant.tag {
        Tag::Number(number) | Tag::Range(Range { first: number, last: _ }, _) => {
            literal(*number, span)
        }
        Tag::Constant(tokens) => {
            let span = start(tokens);
            let ty = holding(choice.tag.width, span);
            quote_spanned! {span=>
                {
                    const __WIRE_TAG: #ty = #tokens;
                    __WIRE_TAG as ::core::primitive::u64
                }
            }
        }
        Tag::Computed => {
            let name = adopted(&variant.name);
            quote_spanned!(span=> (Self::#name as ::core::primitive::u64))
        }
    }
}

/// The smallest type that holds every number of this width.
fn holding(width: Width, span: Span) -> TokenStream {
    match width {
        Width::U8 => quote_spanned!(span=> ::core::primitive::u8),
        Width::U16 => quote_spanned!(span=> ::core::primitive::u16),
        Width::U24 | Width::U32 => quote_spanned!(span=> ::core::primitive::u32),
        Width::U48 | Width::U64 | Width::Varint => quote_spanned!(span=> ::core::primitive::u64),
    }
}

/// What only the compiler can compare: constants with the type of the tag and with each other, and
/// the fields that hold tags with the type of the tag.
pub(super) fn checks(outline: &Outline, choice: &Choice) -> TokenStream {
    if !outline.generics.params.is_empty() {
        return TokenStream::new();
    }
    let mut tokens: TokenStream =
        choice.variants.iter().map(|variant| fits(outline, choice, variant)).collect();
    tokens.extend(choice.catch_all.iter().map(|it| holds_all(outline, choice, it)));
    tokens.extend(differ(outline, choice));
    tokens
}

/// A tag that the compiler computes fits its type.
fn fits(outline: &Outline, choice: &Choice, variant: &Variant) -> TokenStream {
    let span = located(variant.name.span());
    let (enum_name, name) = (adopted(&outline.name), adopted(&variant.name));
    let width = choice.tag.width;
    let most = literal(width.most().unwrap_or(u64::MAX), span);
    let (tag, text) = match &variant.tag {
        Tag::Number(_) | Tag::Range(..) => return TokenStream::new(),
        Tag::Constant(_) => {
            (number(choice, variant), catalogue::constant_out_of_range(&variant.name, width.name()))
        }
        Tag::Computed => (
            quote_spanned!(span=> #enum_name::#name),
            catalogue::computed_out_of_range(&variant.name, width.name()),
        ),
    };
    quote_spanned! {span=>
        const _: () = {
            let __wire_tag = #tag as ::core::primitive::i128;
            ::core::assert!(0 <= __wire_tag && __wire_tag <= #most, #text);
        };
    }
}

/// The catch-all can keep every tag that may be read.
fn holds_all(outline: &Outline, choice: &Choice, catch_all: &CatchAll) -> TokenStream {
    let (span, ty) = (start(&catch_all.holder.ty), type_of_user(&catch_all.holder.ty));
    let p = outline.runtime.at(span);
    let width = Namer { p: &p, span, scope: Scope::Constant }.width(choice.tag.width);
    let name = catch_all.name.unraw().to_string();
    quote_spanned! {span=>
        const _: () = #p::assert_keeps(
            #name,
            <#ty as #p::TagValue>::MOST,
            <#width as #p::Width>::MOST,
        );
    }
}

/// No two variants have the same tag; without constants the derive has looked itself.
fn differ(outline: &Outline, choice: &Choice) -> TokenStream {
    let is_constant = |variant: &Variant| matches!(variant.tag, Tag::Constant(_));
    if !choice.variants.iter().any(is_constant) {
        return TokenStream::new();
    }
    let (p, span) = context(outline);
    let enum_name = adopted(&outline.name);
    let variants = choice.variants.iter().map(|variant| {
        let span = located(variant.name.span());
        let name = variant.name.unraw().to_string();
        let (first, last) = match &variant.tag {
            Tag::Range(Range { first, last }, _) => (literal(*first, span), literal(*last, span)),
            Tag::Number(_) | Tag::Constant(_) => {
                let number = number(choice, variant);
                (number.clone(), number)
            }
            Tag::Computed => {
                let name = adopted(&variant.name);
                let number = quote_spanned!(span=> #enum_name::#name as ::core::primitive::u64);
                (number.clone(), number)
            }
        };
        quote_spanned!(span=> (#name, #first, #last))
    });
    quote_spanned!(span=> const _: () = #p::assert_tags(&[#(#variants),*]);)
}

fn literal(number: u64, span: Span) -> TokenStream {
    let mut literal = Literal::u64_unsuffixed(number);
    literal.set_span(span);
    literal.into_token_stream()
}
