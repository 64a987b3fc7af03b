//! Bit fields: how a run of them is opened, each is written and read, and the run is closed.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};

use super::relation::{Side, Values};
use super::verify;
use crate::model::{Outline, Value};
use crate::paths::{start, type_of_user};
use crate::plan::{Plan, Run, Step};
use crate::syntax::{BitOrder, BitWidth};

/// The bytes of the run, counted with its first field.
pub(super) fn min(outline: &Outline, run: &Run<'_>, step: &Step<'_>) -> Option<TokenStream> {
    (run.first == step.index).then(|| len(outline, run, step))
}

/// The bounds of the field, and of the run if it is the first of it.
pub(super) fn bounds(outline: &Outline, run: &Run<'_>, step: &Step<'_>) -> TokenStream {
    let (span, ty, name) = (start(step.ty), type_of_user(step.ty), step.name);
    let (p, width) = (outline.runtime.at(span), width(run, step));
    let run = min(outline, run, step).map(|len| {
        let p = outline.runtime.at(span);
        quote_spanned!(span=> .then(#p::Bounds::exactly(#len)))
    });
    let wire = quote_spanned!(span=> <#ty as #p::Wire<'__wire>>);
    quote_spanned!(span=> #p::bit_bounds(#name, #wire::MIN, #wire::BOUNDS, #width) #run)
}

/// The statements that write the field, and the run if it is the last of it.
pub(super) fn put(
    outline: &Outline,
    plan: &Plan<'_>,
    run: &Run<'_>,
    step: &Step<'_>,
    value: &Value,
) -> TokenStream {
    let (span, name, source) = (start(step.ty), step.name, &step.source);
    let (p, ty) = (outline.runtime.at(span), type_of_user(step.ty));
    let values = Values { outline, plan, side: Side::Put, span };
    let checks = verify::put(values, step, value);
    let (local, width) = (local(run, span), width(run, step));
    let open = (run.first == step.index).then(|| {
        let (len, msb) = (len(outline, run, step), is_msb(run));
        quote_spanned!(span=> let mut #local = #p::PutBits::<{ #len }, #msb>::default();)
    });
    let close = (run.last == step.index).then(|| quote_spanned!(span=> __wire.put_run(&#local)?;));
    quote_spanned! {span=>
        #checks
        #open
        __wire.put_bits::<#ty, _, _>(&mut #local, #source, #width, #name)?;
        #close
    }
}

/// The statement before the first field of a run is read.
pub(super) fn open(outline: &Outline, run: &Run<'_>, step: &Step<'_>) -> Option<TokenStream> {
    let (span, name) = (start(step.ty), step.name);
    (run.first == step.index).then(|| {
        let (local, len, msb) = (local(run, span), len(outline, run, step), is_msb(run));
        quote_spanned!(span=> let mut #local = __wire.run::<{ #len }, #msb>(#name)?;)
    })
}

/// The place of the next field of a run, for what is verified of it.
pub(super) fn mark(run: &Run<'_>, span: Span) -> TokenStream {
    let local = local(run, span);
    quote_spanned!(span=> #local.mark())
}

/// Reads the field: an expression of its type, which may return a fault.
pub(super) fn get(run: &Run<'_>, step: &Step<'_>, value: &Value) -> TokenStream {
    let (span, ty, name) = (start(step.ty), type_of_user(step.ty), step.name);
    let (local, width, secret) = (local(run, span), width(run, step), value.secret);
    quote_spanned! {span=>
        __wire.get_bits::<#ty, _, _>(&mut #local, #width, #name, #secret)?
    }
}

/// The variable that holds the bits of a run.
fn local(run: &Run<'_>, span: Span) -> Ident {
    format_ident!("__wire_b{}", run.first, span = span)
}

fn is_msb(run: &Run<'_>) -> bool {
    match run.order {
        BitOrder::Msb => true,
        BitOrder::Lsb => false,
    }
}

/// The bytes of the run, as an expression; the compiler adds up what only it knows.
fn len(outline: &Outline, run: &Run<'_>, step: &Step<'_>) -> TokenStream {
    let (span, name) = (start(step.ty), step.name);
    match run.bits() {
        Some(bits) => Literal::u32_unsuffixed(bits / 8).into_token_stream(),
        None => {
            let p = outline.runtime.at(span);
            let widths = run.fields.iter().map(|(_, width)| expression(width));
            quote_spanned!(span=> #p::run_len(#name, &[#(#widths),*]))
        }
    }
}

/// The width of a field, as an expression.
fn width(run: &Run<'_>, step: &Step<'_>) -> TokenStream {
    run.width_of(step).map_or_else(|| quote!(0), expression)
}

fn expression(width: &BitWidth) -> TokenStream {
    match width {
        BitWidth::Number(width) => Literal::u32_unsuffixed(*width).into_token_stream(),
        BitWidth::Constant(tokens) => {
            quote_spanned!(start(tokens)=> ((#tokens) as ::core::primitive::u32))
        }
    }
}
