//! `Wire` for an enum: a tag, then the fields of one variant.

use proc_macro2::{Literal, Span, TokenStream};
use quote::{ToTokens, quote_spanned};

use super::format::{Namer, Scope};
use super::head::{Head, borrowing, context};
use super::record::{checked_bounds, counted, inline, used};
use super::steps;
use crate::model::{CatchAll, Choice, Field, Outline, Tag, Variant};
use crate::paths::{adopted, located, start, type_of_user};
use crate::plan::{self, Step, binding};
use crate::syntax::TagType;

pub(super) fn wire(outline: &Outline, choice: &Choice) -> TokenStream {
    let (p, span) = context(outline);
    let Head { generics, ty, bounds } = borrowing(outline);
    let tag = tag_layout(outline, choice);
    let sizes =
        bodies(choice).map(|fields| steps::bounds(outline, &plan::of_variant(fields, 0), span));
    let size = quote_spanned!(span=> #tag::BOUNDS.then(#p::Bounds::either(&[#(#sizes),*])));
    let size = counted(outline, choice.depth, size);
    let inline = inline(choice.depth, span);
    let (put, get) = (put(outline, choice), get(outline, choice));
    let check = checked_bounds(outline, choice.depth);
    let tags = checked_tags(outline, choice);
    quote_spanned! {span=>
        impl #generics #p::Wire<'__wire> for #ty #bounds {
            const MIN: ::core::primitive::usize = #tag::MIN;
            const BOUNDS: #p::Bounds = #size;
            #inline
            #put
            #inline
            #get
        }
        #check
        #tags
    }
}

/// The bodies of all variants, without the tag that the catch-all holds.
fn bodies(choice: &Choice) -> impl Iterator<Item = &[Field]> {
    let catch_all = choice.catch_all.iter().map(|catch_all| catch_all.fields.as_slice());
    choice.variants.iter().map(|variant| variant.fields.as_slice()).chain(catch_all)
}

fn put(outline: &Outline, choice: &Choice) -> TokenStream {
    let (p, span) = context(outline);
    let arms = choice.variants.iter().map(|variant| put_variant(outline, choice, variant));
    let catch_all = choice.catch_all.iter().map(|it| put_catch_all(outline, choice, it));
    let down = choice
        .depth
        .map(|max| quote_spanned!(span=> #p::descend(__wire_w, #p::levels::<Self>(#max))?;));
    let up = choice.depth.map(|_| quote_spanned!(span=> #p::ascend(__wire_w);));
    let is_kept = bodies(choice).any(|fields| steps::wire_is_used(&plan::of_variant(fields, 0)));
    let keep = used("__wire_keep", is_kept, span);
    quote_spanned! {span=>
        fn put<__O: #p::Order, __W: #p::Sink>(
            &self,
            __wire_w: &mut __W,
            #keep: ::core::primitive::usize,
        ) -> #p::Put {
            #down
            match self {
                #(#arms)*
                #(#catch_all)*
            }
            #up
            #p::Ok(())
        }
    }
}

fn put_variant(outline: &Outline, choice: &Choice, variant: &Variant) -> TokenStream {
    let span = located(variant.name.span());
    let (layout, order) = (tag_layout(outline, choice), tag_order(outline, choice));
    let (name, tag) = (adopted(&variant.name), tag_value(choice, variant));
    let plan = plan::of_variant(&variant.fields, 0);
    let pattern = pattern(&plan, 0, span);
    let body = put_body(outline, &plan, span);
    quote_spanned! {span=>
        Self::#name { #pattern } => {
            #layout::put::<#order, __W>(&#tag, __wire_w, 0)?;
            #body
        }
    }
}

/// A tag that belongs to a variant would be read back as that variant.
fn put_catch_all(outline: &Outline, choice: &Choice, catch_all: &CatchAll) -> TokenStream {
    let span = located(catch_all.name.span());
    let p = outline.runtime.at(span);
    let (member, ty) = &catch_all.tag;
    let ty_span = start(ty);
    let wire = outline.runtime.at(ty_span);
    let (name, member, ty) = (adopted(&catch_all.name), adopted(member), type_of_user(ty));
    let order = tag_order(outline, choice);
    let tag = binding(0, ty_span);
    let plan = plan::of_variant(&catch_all.fields, 1);
    let pattern = pattern(&plan, 1, span);
    let body = put_body(outline, &plan, span);
    let known = choice.variants.iter().map(|variant| tag_value(choice, variant));
    let known = match choice.variants.as_slice() {
        [] => TokenStream::new(),
        _ => quote_spanned! {span=>
            if let #(#known)|* = *#tag {
                return #p::Err(#p::known_tag(__wire_w, *#tag as ::core::primitive::u64));
            }
        },
    };
    let put = quote_spanned!(ty_span=> <#ty as #wire::Wire<'__wire>>::put::<#order, __W>);
    quote_spanned! {span=>
        Self::#name { #member: #tag, #pattern } => {
            #known
            #put(#tag, __wire_w, 0)?;
            #body
        }
    }
}

fn put_body(outline: &Outline, plan: &[Step<'_>], span: Span) -> TokenStream {
    let body = steps::put(outline, plan);
    if !steps::wire_is_used(plan) {
        return body;
    }
    let enter = steps::enter_put(outline, &steps::min(outline, plan, span), span);
    quote_spanned!(span=> #enter #body)
}

/// Binds the fields that are on the wire, counted from `first`.
fn pattern(plan: &[Step<'_>], first: usize, span: Span) -> TokenStream {
    plan.iter()
        .enumerate()
        .map(|(index, step)| {
            let member = adopted(step.member);
            let on_the_wire = steps::wire_is_used(std::slice::from_ref(step));
            match on_the_wire {
                true => {
                    let binding = binding(first + index, start(step.ty));
                    quote_spanned!(span=> #member: #binding,)
                }
                false => quote_spanned!(span=> #member: _,),
            }
        })
        .collect()
}

fn get(outline: &Outline, choice: &Choice) -> TokenStream {
    let (p, span) = context(outline);
    let (layout, order) = (tag_layout(outline, choice), tag_order(outline, choice));
    let arms = choice.variants.iter().map(|variant| get_variant(outline, choice, variant));
    let otherwise = get_otherwise(outline, choice);
    let down =
        choice.depth.map(|max| quote_spanned!(span=> __wire_r.descend(#p::levels::<Self>(#max))?;));
    let up = choice.depth.map(|_| quote_spanned!(span=> __wire_r.ascend();));
    quote_spanned! {span=>
        fn get<__O: #p::Order>(
            __wire_r: &mut #p::Reader<'__wire, '_>,
            __wire_keep: ::core::primitive::usize,
        ) -> #p::Got<Self> {
            #down
            let __wire_tag = #layout::get::<#order>(__wire_r, __wire_keep)?;
            let __wire_value = match __wire_tag {
                #(#arms)*
                #otherwise
            };
            #up
            #p::Ok(__wire_value)
        }
    }
}

fn get_variant(outline: &Outline, choice: &Choice, variant: &Variant) -> TokenStream {
    let span = located(variant.name.span());
    let name = adopted(&variant.name);
    let value = tag_value(choice, variant);
    let test = match variant.tag {
        Tag::Number(_) => value,
        Tag::Computed => quote_spanned!(span=> __wire_other if __wire_other == #value),
    };
    let plan = plan::of_variant(&variant.fields, 0);
    let (enter, fields) = (enter(outline, &plan, span), steps::get(outline, &plan));
    quote_spanned!(span=> #test => { #enter Self::#name { #fields } })
}

fn get_otherwise(outline: &Outline, choice: &Choice) -> TokenStream {
    let Some(catch_all) = &choice.catch_all else {
        let (p, span) = context(outline);
        let width = tag_layout(outline, choice);
        return quote_spanned! {span=>
            _ => {
                let __wire_tag = __wire_tag as ::core::primitive::u64;
                return #p::Err(__wire_r.unknown_tag(#width::MIN, __wire_tag));
            }
        };
    };
    let span = located(catch_all.name.span());
    let (member, ty) = &catch_all.tag;
    let (name, member) = (adopted(&catch_all.name), adopted(member));
    let plan = plan::of_variant(&catch_all.fields, 1);
    let (enter, fields) = (enter(outline, &plan, span), steps::get(outline, &plan));
    let tag = quote_spanned!(start(ty)=> __wire_tag);
    quote_spanned!(span=> _ => { #enter Self::#name { #member: #tag, #fields } })
}

fn enter(outline: &Outline, plan: &[Step<'_>], span: Span) -> TokenStream {
    if !steps::wire_is_used(plan) {
        return TokenStream::new();
    }
    steps::enter_get(outline, &steps::min(outline, plan, span), span)
}

/// Discriminants that only the compiler can compute are compared with the tag by the compiler.
fn checked_tags(outline: &Outline, choice: &Choice) -> TokenStream {
    if !outline.generics.params.is_empty() {
        return TokenStream::new();
    }
    let (enum_name, tag) = (adopted(&outline.name), choice.tag.name());
    let most = Literal::u64_unsuffixed(choice.tag.most());
    let computed = choice.variants.iter().filter(|variant| match variant.tag {
        Tag::Number(_) => false,
        Tag::Computed => true,
    });
    computed
        .map(|variant| {
            let (name, span) = (adopted(&variant.name), located(variant.name.span()));
            let text = crate::errors::catalogue::computed_out_of_range(&variant.name, tag);
            quote_spanned! {span=>
                const _: () = {
                    let __wire_tag = #enum_name::#name as ::core::primitive::i128;
                    ::core::assert!(0 <= __wire_tag && __wire_tag <= #most, #text);
                };
            }
        })
        .collect()
}

/// The tag of a variant, as an expression, and as a pattern if it is a number.
fn tag_value(choice: &Choice, variant: &Variant) -> TokenStream {
    let span = located(variant.name.span());
    match variant.tag {
        Tag::Number(number) => {
            let mut literal = Literal::u64_unsuffixed(number);
            literal.set_span(span);
            literal.into_token_stream()
        }
        Tag::Computed => {
            let (name, ty) = (adopted(&variant.name), tag_type(choice.tag, span));
            quote_spanned!(span=> (Self::#name as #ty))
        }
    }
}

fn tag_layout(outline: &Outline, choice: &Choice) -> TokenStream {
    let (p, span) = context(outline);
    let ty = tag_type(choice.tag, span);
    quote_spanned!(span=> <#ty as #p::Wire<'__wire>>)
}

fn tag_order(outline: &Outline, choice: &Choice) -> TokenStream {
    let (p, span) = context(outline);
    Namer { p: &p, span, scope: Scope::Function }.order(choice.order)
}

fn tag_type(tag: TagType, span: Span) -> TokenStream {
    match tag {
        TagType::U8 => quote_spanned!(span=> ::core::primitive::u8),
        TagType::U16 => quote_spanned!(span=> ::core::primitive::u16),
        TagType::U32 => quote_spanned!(span=> ::core::primitive::u32),
        TagType::U64 => quote_spanned!(span=> ::core::primitive::u64),
    }
}
