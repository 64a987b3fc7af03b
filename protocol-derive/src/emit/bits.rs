//! Bit fields: how a run of them is opened, each is written and read, and the run is closed.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};

use super::relation::{Side, Values};
use super::{rich, verify};
use crate::model::{Outline, Value};
use crate::paths::{start, type_of_user};
use crate::plan::{Plan, Run, Step};
use crate::syntax::{BitOrder, BitWidth};

/// The bytes of the run, counted with its first field.
pub(super) fn min(outline: &Outline, run: &Run<'_>, step: &Step<'_>) -> Option<TokenStream> {
    (run.first == step.index).then(|| match Len::of(outline, run, step) {
        Len::Number(len) => len,
        Len::Constant(len) => len,
    })
}

/// The bounds of the field, and of the run if it is the first of it.
pub(super) fn bounds(outline: &Outline, run: &Run<'_>, step: &Step<'_>) -> TokenStream {
    let (span, name) = (start(step.ty), step.name);
    let (p, width) = (outline.runtime.at(span), width(run, step));
    let whole = (run.first == step.index).then(|| {
        let p = outline.runtime.at(span);
        let bounds = match Len::of(outline, run, step) {
            Len::Number(len) => quote_spanned!(span=> #p::Bounds::exactly(#len)),
            Len::Constant(_) => {
                let widths = widths(run);
                quote_spanned!(span=> #p::run_bounds(#name, &[#(#widths),*]))
            }
        };
        quote_spanned!(span=> .then(#bounds))
    });
    let own = own(outline, step);
    let bounds = rich::bounds_of_blank(outline, step, quote_spanned!(span=> #own::BOUNDS));
    quote_spanned!(span=> #p::bit_bounds(#name, #own::MIN, #bounds, #width) #whole)
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
    let (p, own) = (outline.runtime.at(span), own(outline, step));
    let values = Values { outline, plan, side: Side::Put, span };
    let checks = verify::put(values, step, value);
    let (local, width, msb) = (local(run, span), width(run, step), is_msb(run));
    let len = Len::of(outline, run, step);
    let room = len.room();
    let open = (run.first == step.index).then(|| {
        quote_spanned!(span=> let mut #local: #p::PutBits<#room, #msb> = #p::Default::default();)
    });
    let close = (run.last == step.index).then(|| match &len {
        Len::Number(_) => quote_spanned!(span=> __wire.put_run(&#local)?;),
        Len::Constant(len) => quote_spanned!(span=> __wire.put_run_of(&#local, #len)?;),
    });
    quote_spanned! {span=>
        #checks
        #open
        __wire.put_bits::<#own::Value, #room, #msb>(&mut #local, #source, #width, #name)?;
        #close
    }
}

/// The statement before the first field of a run is read.
pub(super) fn open(outline: &Outline, run: &Run<'_>, step: &Step<'_>) -> Option<TokenStream> {
    let (span, name) = (start(step.ty), step.name);
    let (local, msb) = (local(run, span), is_msb(run));
    (run.first == step.index).then(|| match Len::of(outline, run, step) {
        Len::Number(len) => {
            quote_spanned!(span=> let mut #local = __wire.run::<#len, #msb>(#name)?;)
        }
        Len::Constant(len) => {
            quote_spanned!(span=> let mut #local = __wire.run_of::<#msb>(#name, #len)?;)
        }
    })
}

/// The place of the next field of a run, for what is verified of it.
pub(super) fn mark(run: &Run<'_>, span: Span) -> TokenStream {
    let local = local(run, span);
    quote_spanned!(span=> #local.mark())
}

/// Reads the field: an expression of its type, which may return a fault.
pub(super) fn get(outline: &Outline, run: &Run<'_>, step: &Step<'_>, value: &Value) -> TokenStream {
    let (span, own, name) = (start(step.ty), own(outline, step), step.name);
    let (local, width, secret) = (local(run, span), width(run, step), value.secret);
    let (room, msb) = (Len::of(outline, run, step).room(), is_msb(run));
    quote_spanned! {span=>
        __wire.get_bits::<#own::Value, #room, #msb>(&mut #local, #width, #name, #secret)?
    }
}

/// The layout of the field's type. Everything goes through this one path, so that a type without a
/// layout is one error.
fn own(outline: &Outline, step: &Step<'_>) -> TokenStream {
    let (span, ty) = (start(step.ty), type_of_user(step.ty));
    let p = outline.runtime.at(span);
    quote_spanned!(span=> <#p::Own<#p::Big> as #p::Format<'__wire, #ty>>)
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

/// The bytes of a run.
enum Len {
    Number(TokenStream),
    /// The compiler adds up what only it knows.
    Constant(TokenStream),
}

impl Len {
    fn of(outline: &Outline, run: &Run<'_>, step: &Step<'_>) -> Len {
        match run.bits() {
            Some(bits) => Len::Number(Literal::u32_unsuffixed(bits / 8).into_token_stream()),
            None => {
                let span = start(step.ty);
                let (p, widths) = (outline.runtime.at(span), widths(run));
                Len::Constant(quote_spanned!(span=> #p::run_len(&[#(#widths),*])))
            }
        }
    }

    /// The bytes of the variable that holds the bits. Written out, since Rust infers it from 1.89 on only.
    fn room(&self) -> TokenStream {
        match self {
            Len::Number(len) => len.clone(),
            Len::Constant(_) => quote!(16),
        }
    }
}

fn widths(run: &Run<'_>) -> Vec<TokenStream> {
    run.fields.iter().map(|(_, width)| expression(width)).collect()
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
