//! `Wire` for a struct.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};

use super::cap::{self, Cap};
use super::derived;
use super::head::{self, Head, borrowing, context};
use super::steps::{self, Reading};
use crate::model::{Outline, Purpose, Record};
use crate::plan::{self, Plan};

pub(super) fn wire(outline: &Outline, record: &Record) -> TokenStream {
    let (p, span) = context(outline);
    let Head { generics, ty, bounds } = borrowing(outline);
    let plan = plan::of_record(record);
    let min = steps::min(outline, &plan, span);
    let size = counted(outline, record.depth, steps::bounds(outline, &plan, span));
    let inline = inline(record.depth, span);
    let (put, get) = (put(outline, record, &plan), get(outline, record, &plan));
    let lanes = lanes(outline, record, &plan);
    let size = cap::capped(outline, size);
    let mut check = checked_bounds(outline, record.depth);
    check.extend(cap::check(outline));
    quote_spanned! {span=>
        impl #generics #p::Wire<'__wire> for #ty #bounds {
            const MIN: ::core::primitive::usize = #min;
            const BOUNDS: #p::Bounds = #size;
            #inline
            #put
            #inline
            #get
            #lanes
        }
        #check
    }
}

/// The bounds of what counts its depth: without an upper one, since it takes a context to count in, and
/// values of one length are read without.
pub(super) fn counted(outline: &Outline, depth: Option<u32>, bounds: TokenStream) -> TokenStream {
    let (p, span) = context(outline);
    match depth {
        Some(_) => quote_spanned!(span=> #p::Bounds::unbounded(0).then(#bounds)),
        None => bounds,
    }
}

/// What calls itself cannot always be inlined.
pub(super) fn inline(depth: Option<u32>, span: Span) -> TokenStream {
    match depth {
        Some(_) => quote_spanned!(span=> #[inline]),
        None => quote_spanned!(span=> #[inline(always)]),
    }
}

/// The bounds are computed once where nothing is generic: that finds circles and elements without
/// a size when the type is declared and not when it is used. A type that counts its depth is in no
/// circle, and without a `Box` its size would be a second error.
pub(super) fn checked_bounds(outline: &Outline, depth: Option<u32>) -> TokenStream {
    if depth.is_some() || !head::is_concrete(outline) {
        return TokenStream::new();
    }
    let (p, span) = context(outline);
    let ty = head::with_lifetime(outline, &head::lifetime("'static", span));
    quote_spanned! {span=>
        const _: #p::Bounds = <#ty as #p::Wire<'static>>::BOUNDS;
    }
}

/// The bounds of a generic type are computed where it is used: only then is known whether it can be read
/// back.
pub(super) fn checked_in_use(outline: &Outline) -> Option<TokenStream> {
    let (p, span) = context(outline);
    (!head::is_concrete(outline))
        .then(|| quote_spanned!(span=> let _: #p::Bounds = <Self as #p::Wire<'__wire>>::BOUNDS;))
}

fn put(outline: &Outline, record: &Record, plan: &Plan<'_>) -> TokenStream {
    let (p, span) = context(outline);
    let (before, body) = (derived::before_packing(outline, plan), steps::put(outline, plan));
    let enter = plan.uses_wire().then(|| {
        let order = steps::order(outline, span);
        quote_spanned! {span=>
            let __wire = &mut #p::put_fields::<Self, #order, __W>(__wire_w, __wire_keep)?;
        }
    });
    let down = record
        .depth
        .map(|max| quote_spanned!(span=> #p::descend(__wire_w, #p::levels::<Self>(#max))?;));
    let up = record.depth.map(|_| quote_spanned!(span=> #p::ascend(__wire_w);));
    let in_use = checked_in_use(outline);
    let cap = Cap::of(outline);
    let Cap { before_put, after_put, .. } = &cap;
    let w = used("__wire_w", record.depth.is_some() || cap.is_there() || plan.uses_wire(), span);
    let keep = used("__wire_keep", enter.is_some(), span);
    quote_spanned! {span=>
        fn put<__O: #p::Order, __W: #p::Sink>(
            &self,
            #w: &mut __W,
            #keep: ::core::primitive::usize,
        ) -> #p::Put {
            #in_use
            #down
            #before_put
            #before
            #enter
            #body
            #after_put
            #up
            #p::Ok(())
        }
    }
}

/// What may stand in a list and be copied as a whole: a part whose fields are all as they are.
fn lanes(outline: &Outline, record: &Record, plan: &Plan<'_>) -> Option<TokenStream> {
    let is_part = matches!(outline.purpose, Purpose::Part);
    if !is_part || record.packed || record.depth.is_some() || plan.steps.is_empty() {
        return None;
    }
    let (p, span) = context(outline);
    let body = steps::lanes(outline, plan)?;
    Some(quote_spanned! {span=>
        #[inline(always)]
        fn lanes<'__wire_s, __O: #p::Order>(
            &'__wire_s self,
            __wire_probe: &mut #p::Probe<'__wire_s>,
        ) {
            #body
        }
    })
}

fn get(outline: &Outline, record: &Record, plan: &Plan<'_>) -> TokenStream {
    let (p, span) = context(outline);
    let Reading { statements, fields } = steps::get(outline, plan);
    let enter = plan.uses_wire().then(|| {
        let order = steps::order(outline, span);
        quote_spanned! {span=>
            let __wire = &mut #p::get_fields::<Self, #order>(__wire_r, __wire_keep)?;
        }
    });
    let cap = Cap::of(outline);
    let Cap { before_get, after_get, .. } = &cap;
    let up = record.depth.map(|_| quote_spanned!(span=> __wire_r.ascend();));
    let value = match record.depth {
        None if !cap.is_there() => quote_spanned!(span=> #p::Ok(Self { #fields })),
        None | Some(_) => quote_spanned! {span=>
            let __wire_value = Self { #fields };
            #after_get
            #up
            #p::Ok(__wire_value)
        },
    };
    let down =
        record.depth.map(|max| quote_spanned!(span=> __wire_r.descend(#p::levels::<Self>(#max))?;));
    let r = used("__wire_r", record.depth.is_some() || cap.is_there() || plan.uses_wire(), span);
    let keep = used("__wire_keep", enter.is_some(), span);
    quote_spanned! {span=>
        fn get<__O: #p::Order>(
            #r: &mut #p::Reader<'__wire, '_>,
            #keep: ::core::primitive::usize,
        ) -> #p::Got<Self> {
            #down
            #before_get
            #enter
            #statements
            #value
        }
    }
}

/// The parameter, without a name if nothing uses it.
pub(super) fn used(name: &str, is_used: bool, span: Span) -> TokenStream {
    if is_used {
        let name = proc_macro2::Ident::new(name, span);
        quote!(#name)
    } else {
        quote_spanned!(span=> _)
    }
}
