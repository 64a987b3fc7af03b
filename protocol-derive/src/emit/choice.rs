//! `Choice` and `Wire` for an enum: a tag, then the fields of one variant.

use proc_macro2::{Span, TokenStream};
use quote::quote_spanned;

use super::cap::{self, Cap};
use super::derived;
use super::format::{Namer, Scope};
use super::head::{Head, borrowing, context};
use super::record::{checked_bounds, checked_in_use, counted, inline, used};
use super::steps::{self, Reading};
use super::tag;
use crate::model::{Body, CatchAll, Choice, Holder, Integer, Outline, Variant};
use crate::paths::{adopted, located, start};
use crate::plan::{self, Plan, binding};

pub(super) fn impls(outline: &Outline, choice: &Choice) -> TokenStream {
    let mut tokens = whole(outline, choice);
    tokens.extend(bodies(outline, choice));
    tokens.extend(checked_bounds(outline, choice.depth));
    tokens.extend(tag::checks(outline, choice));
    tokens
}

/// `Wire`: what stands before the body, and the body.
fn whole(outline: &Outline, choice: &Choice) -> TokenStream {
    let (p, span) = context(outline);
    let Head { generics, ty, bounds } = borrowing(outline);
    let Front { min, size, put, get } = front(outline, choice);
    let size = cap::capped(outline, counted(outline, choice.depth, size));
    let Cap { before_put, after_put, before_get, after_get } = Cap::of(outline);
    let capped = cap::check(outline);
    let inline = inline(choice.depth, span);
    let in_use = checked_in_use(outline);
    quote_spanned! {span=>
        impl #generics #p::Wire<'__wire> for #ty #bounds {
            const MIN: ::core::primitive::usize = #min;
            const BOUNDS: #p::Bounds = #size;
            #inline
            fn put<__O: #p::Order, __W: #p::Sink>(
                &self,
                __wire_w: &mut __W,
                __wire_keep: ::core::primitive::usize,
            ) -> #p::Put {
                #in_use
                #before_put
                #put(self, __wire_w, __wire_keep)?;
                #after_put
                #p::Ok(())
            }
            #inline
            fn get<__O: #p::Order>(
                __wire_r: &mut #p::Reader<'__wire, '_>,
                __wire_keep: ::core::primitive::usize,
            ) -> #p::Got<Self> {
                #before_get
                let __wire_value = #get(__wire_r, __wire_keep)?;
                #after_get
                #p::Ok(__wire_value)
            }
        }
        #capped
    }
}

/// `Choice`: the tag, and the body for a tag.
fn bodies(outline: &Outline, choice: &Choice) -> TokenStream {
    let (p, span) = context(outline);
    let Head { generics, ty, bounds } = borrowing(outline);
    let inline = inline(choice.depth, span);
    let tag = tag::of_value(outline, choice);
    let (put, get) = (put(outline, choice), get(outline, choice));
    quote_spanned! {span=>
        impl #generics #p::Choice<'__wire> for #ty #bounds {
            #[inline(always)]
            #tag
            #inline
            #put
            #inline
            #get
        }
    }
}

/// The bodies of all variants, without the fields that hold tags.
fn bodies_of_all(choice: &Choice) -> impl Iterator<Item = &Body> {
    let catch_all = choice.catch_all.iter().map(|catch_all| &catch_all.body);
    choice.variants.iter().map(|variant| &variant.body).chain(catch_all)
}

fn put(outline: &Outline, choice: &Choice) -> TokenStream {
    let (p, span) = context(outline);
    let arms = choice.variants.iter().map(|variant| put_variant(outline, variant));
    let catch_all = choice.catch_all.iter().map(|it| put_catch_all(outline, choice, it));
    let down = choice
        .depth
        .map(|max| quote_spanned!(span=> #p::descend(__wire_w, #p::levels::<Self>(#max))?;));
    let up = choice.depth.map(|_| quote_spanned!(span=> #p::ascend(__wire_w);));
    let is_kept = bodies_of_all(choice).any(|body| plan::of_variant(body, 0).uses_wire());
    let holds =
        choice.catch_all.is_some() || choice.variants.iter().any(|it| it.tag.holder().is_some());
    let w = used("__wire_w", is_kept || holds || choice.depth.is_some(), span);
    let keep = used("__wire_keep", is_kept, span);
    quote_spanned! {span=>
        fn put_body<__O: #p::Order, __W: #p::Sink>(
            &self,
            #w: &mut __W,
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

fn put_variant(outline: &Outline, variant: &Variant) -> TokenStream {
    let span = located(variant.name.span());
    let name = adopted(&variant.name);
    let holder = variant.tag.holder();
    let held = holder.map(held);
    let check = tag::is_within(outline, variant);
    let first = usize::from(holder.is_some());
    let plan = plan::of_variant(&variant.body, first);
    let (pattern, body) = (pattern(&plan, first, span), put_body(outline, &plan, span));
    quote_spanned! {span=>
        Self::#name { #held #pattern } => {
            #check
            #body
        }
    }
}

fn put_catch_all(outline: &Outline, choice: &Choice, catch_all: &CatchAll) -> TokenStream {
    let span = located(catch_all.name.span());
    let name = adopted(&catch_all.name);
    let held = held(&catch_all.holder);
    let check = tag::is_unknown(outline, choice, catch_all);
    let plan = plan::of_variant(&catch_all.body, 1);
    let (pattern, body) = (pattern(&plan, 1, span), put_body(outline, &plan, span));
    quote_spanned! {span=>
        Self::#name { #held #pattern } => {
            #check
            #body
        }
    }
}

/// The field that holds the tag, in a pattern, or in an expression that makes the variant.
fn held(holder: &Holder) -> TokenStream {
    let (member, span) = (adopted(&holder.member), start(&holder.ty));
    let tag = binding(0, span);
    quote_spanned!(span=> #member: #tag,)
}

fn put_body(outline: &Outline, plan: &Plan<'_>, span: Span) -> TokenStream {
    let body = steps::put(outline, plan);
    if !plan.uses_wire() {
        return body;
    }
    let before = derived::before_packing(outline, plan);
    let enter = steps::enter_put(outline, &steps::min(outline, plan, span), span);
    quote_spanned!(span=> #before #enter #body)
}

/// Binds the fields that are on the wire, counted from `first`.
fn pattern(plan: &Plan<'_>, first: usize, span: Span) -> TokenStream {
    plan.steps
        .iter()
        .filter_map(|step| {
            let member = adopted(step.member()?);
            let binding = binding(first + step.index, start(step.ty));
            Some(match step.uses_wire() {
                true => quote_spanned!(span=> #member: #binding,),
                false => quote_spanned!(span=> #member: _,),
            })
        })
        .collect()
}

fn get(outline: &Outline, choice: &Choice) -> TokenStream {
    let (p, span) = context(outline);
    let arms = choice.variants.iter().map(|variant| get_variant(outline, choice, variant));
    let otherwise = get_otherwise(outline, choice);
    let down =
        choice.depth.map(|max| quote_spanned!(span=> __wire_r.descend(#p::levels::<Self>(#max))?;));
    let up = choice.depth.map(|_| quote_spanned!(span=> __wire_r.ascend();));
    let is_kept = bodies_of_all(choice).any(|body| plan::of_variant(body, 0).uses_wire());
    let keep = used("__wire_keep", is_kept, span);
    quote_spanned! {span=>
        fn get_body<__O: #p::Order>(
            __wire_tag: ::core::primitive::u64,
            __wire_r: &mut #p::Reader<'__wire, '_>,
            #keep: ::core::primitive::usize,
        ) -> #p::Got<Self> {
            #down
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
    let test = tag::test(choice, variant);
    let holder = variant.tag.holder();
    let (keep, held) = (holder.map(|it| tag::keep(outline, it)), holder.map(held));
    let plan = plan::of_variant(&variant.body, usize::from(holder.is_some()));
    let enter = enter(outline, &plan, span);
    let Reading { statements, fields } = steps::get(outline, &plan);
    quote_spanned!(span=> #test => { #keep #enter #statements Self::#name { #held #fields } })
}

fn get_otherwise(outline: &Outline, choice: &Choice) -> TokenStream {
    let Some(catch_all) = &choice.catch_all else {
        let (p, span) = context(outline);
        return quote_spanned!(span=> _ => return #p::Err(__wire_r.unknown_tag(__wire_tag)),);
    };
    let span = located(catch_all.name.span());
    let name = adopted(&catch_all.name);
    let (keep, held) = (tag::keep(outline, &catch_all.holder), held(&catch_all.holder));
    let plan = plan::of_variant(&catch_all.body, 1);
    let enter = enter(outline, &plan, span);
    let Reading { statements, fields } = steps::get(outline, &plan);
    quote_spanned!(span=> _ => { #keep #enter #statements Self::#name { #held #fields } })
}

fn enter(outline: &Outline, plan: &Plan<'_>, span: Span) -> TokenStream {
    if !plan.uses_wire() {
        return TokenStream::new();
    }
    steps::enter_get(outline, &steps::min(outline, plan, span), span)
}

/// What depends on whether a length stands between the tag and the body.
struct Front {
    /// The fewest bytes.
    min: TokenStream,
    /// The bounds of everything.
    size: TokenStream,
    /// The functions of the runtime that write and read everything.
    put: TokenStream,
    get: TokenStream,
}

fn front(outline: &Outline, choice: &Choice) -> Front {
    let (p, span) = context(outline);
    let bodies =
        bodies_of_all(choice).map(|it| steps::bounds(outline, &plan::of_variant(it, 0), span));
    let body = quote_spanned!(span=> #p::Bounds::either(&[#(#bodies),*]));
    let (tag, order) = integer(outline, choice.tag);
    let tag_min = quote_spanned!(span=> <#tag as #p::Width>::MIN);
    let Some(len) = choice.len else {
        return Front {
            min: tag_min,
            size: quote_spanned!(span=> #p::integer_bounds::<#tag>().then(#body)),
            put: quote_spanned!(span=> #p::put_tagged::<Self, #tag, #order, __O, __W>),
            get: quote_spanned!(span=> #p::get_tagged::<Self, #tag, #order, __O>),
        };
    };
    let (len, len_order) = integer(outline, len);
    let size = quote_spanned! {span=>
        #p::integer_bounds::<#tag>().then(#p::sized_bounds::<#len>(#body))
    };
    let all = quote_spanned!(span=> Self, #tag, #order, #len, #len_order, __O);
    Front {
        min: quote_spanned!(span=> #p::sum(&[#tag_min, <#len as #p::Width>::MIN])),
        size,
        put: quote_spanned!(span=> #p::put_sized::<#all, __W>),
        get: quote_spanned!(span=> #p::get_sized::<#all>),
    }
}

/// The type and the order of a number before the body.
fn integer(outline: &Outline, integer: Integer) -> (TokenStream, TokenStream) {
    let (p, span) = context(outline);
    let namer = Namer { p: &p, span, scope: Scope::Function };
    (namer.width(integer.width), namer.order(integer.order))
}
