//! The four walks over the steps of a body: smallest size, bounds, packing, unpacking.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote_spanned;
use syn::Type;

use super::format::{Namer, Scope};
use super::{bits, optional, rich, verify};
use crate::model::{Elsewhere, Format, Outline};
use crate::paths::{adopted, located, start, type_of_user};
use crate::plan::{Action, Plan, Step};

/// The fewest bytes of a body, as an expression.
pub(super) fn min(outline: &Outline, plan: &Plan<'_>, span: Span) -> TokenStream {
    let p = outline.runtime.at(span);
    let mins: Vec<TokenStream> =
        plan.steps.iter().filter_map(|step| min_of(outline, plan, step)).collect();
    match mins.as_slice() {
        [] => quote_spanned!(span=> 0),
        [min] => min.clone(),
        mins => quote_spanned!(span=> #p::sum(&[#(#mins),*])),
    }
}

fn min_of(outline: &Outline, plan: &Plan<'_>, step: &Step<'_>) -> Option<TokenStream> {
    if let Some(run) = plan.run_of(step) {
        return bits::min(outline, run, step);
    }
    match &step.action {
        Action::Rich(value) => rich::min(outline, step, value),
        Action::Skip(_) => None,
        Action::Plain(format) => {
            let layout = Layout::new(outline, step.ty, format, Scope::Constant);
            let (path, span) = (layout.path, layout.span);
            Some(quote_spanned!(span=> #path::MIN))
        }
    }
}

/// The bounds of a body, as an expression: joined from the last field to the first, each at its own
/// place, so that one which cannot stand where it does is shown there.
pub(super) fn bounds(outline: &Outline, plan: &Plan<'_>, span: Span) -> TokenStream {
    let p = outline.runtime.at(span);
    let steps = plan.steps.iter().rev();
    let mut joined = steps.filter_map(|step| joined(outline, plan, step)).peekable();
    if joined.peek().is_none() {
        return quote_spanned!(span=> #p::Bounds::exactly(0));
    }
    quote_spanned! {span=>
        {
            let __wire = &mut #p::Fields::NONE;
            #(#joined)*
            __wire.bounds()
        }
    }
}

fn joined(outline: &Outline, plan: &Plan<'_>, step: &Step<'_>) -> Option<TokenStream> {
    let (name, bounds) = (step.name, bounds_of(outline, plan, step)?);
    Some(quote_spanned!(start(step.ty)=> (#bounds).lead(__wire, #name);))
}

fn bounds_of(outline: &Outline, plan: &Plan<'_>, step: &Step<'_>) -> Option<TokenStream> {
    let span = start(step.ty);
    let p = outline.runtime.at(span);
    if let Some(run) = plan.run_of(step) {
        return Some(bits::bounds(outline, run, step));
    }
    match &step.action {
        Action::Plain(_) | Action::Rich(_) if step.recursive => Some(quote_spanned! {span=>
            #p::Bounds::recursive(
                ::core::mem::size_of::<Self>(),
                <Self as #p::Wire<'__wire>>::MIN,
            )
        }),
        Action::Plain(format) => {
            let layout = Layout::new(outline, step.ty, format, Scope::Constant);
            Some(layout.bounds(outline, step.name, format))
        }
        Action::Rich(value) => Some(rich::bounds(outline, plan, step, value)),
        Action::Skip(_) => None,
    }
}

/// The byte order of a body, as a type.
pub(super) fn order(outline: &Outline, span: Span) -> TokenStream {
    let p = outline.runtime.at(span);
    Namer { p: &p, span, scope: Scope::Function }.order(outline.order)
}

/// Enters the fields of a body that is written.
pub(super) fn enter_put(outline: &Outline, min: &TokenStream, span: Span) -> TokenStream {
    let p = outline.runtime.at(span);
    let order = order(outline, span);
    quote_spanned! {span=>
        let __wire = &mut #p::PutFields::<#order, __W>::enter(__wire_w, #min, __wire_keep)?;
    }
}

/// Enters the fields of a body that is read.
pub(super) fn enter_get(outline: &Outline, min: &TokenStream, span: Span) -> TokenStream {
    let p = outline.runtime.at(span);
    let order = order(outline, span);
    quote_spanned! {span=>
        let __wire = &mut #p::GetFields::<#order>::enter(__wire_r, #min, __wire_keep)?;
    }
}

/// The statements that lend each number of a body to a probe; none if a field has a format of its
/// own, or is not on the wire.
pub(super) fn lanes(outline: &Outline, plan: &Plan<'_>) -> Option<TokenStream> {
    plan.steps.iter().map(|step| lane(outline, step)).collect()
}

fn lane(outline: &Outline, step: &Step<'_>) -> Option<TokenStream> {
    let Action::Plain(format @ Format::Own(order)) = &step.action else { return None };
    let (source, Layout { path, span }) =
        (&step.source, Layout::new(outline, step.ty, format, Scope::Function));
    if *order != outline.order {
        return Some(quote_spanned!(span=> #path::lanes(#source, __wire_probe);));
    }
    let p = outline.runtime.at(span);
    let order = Namer { p: &p, span, scope: Scope::Function }.order(*order);
    Some(quote_spanned!(span=> #path::lanes::<#order>(#source, __wire_probe);))
}

/// The statements that write a body.
pub(super) fn put(outline: &Outline, plan: &Plan<'_>) -> TokenStream {
    plan.steps
        .iter()
        .map(|step| {
            let put = put_one(outline, plan, step);
            verify::around_writing(outline, plan, step, &put)
        })
        .collect()
}

fn put_one(outline: &Outline, plan: &Plan<'_>, step: &Step<'_>) -> TokenStream {
    let Step { ty, name, source, .. } = step;
    match &step.action {
        Action::Plain(format) => {
            let Layout { path, span } = Layout::new(outline, ty, format, Scope::Function);
            quote_spanned!(span=> #path::put_field(#source, __wire, #name)?;)
        }
        Action::Rich(value) => match plan.run_of(step) {
            Some(run) => bits::put(outline, plan, run, step, value),
            None => rich::put(outline, plan, step, value),
        },
        Action::Skip(_) => TokenStream::new(),
    }
}

/// How a body is read: the statements before the value is made, and the fields of its expression.
pub(super) struct Reading {
    pub(super) statements: TokenStream,
    pub(super) fields: TokenStream,
}

/// Reads the fields where the value is made; or one after the other into variables, if any field
/// needs another.
pub(super) fn get(outline: &Outline, plan: &Plan<'_>) -> Reading {
    let mut reading = Reading { statements: TokenStream::new(), fields: TokenStream::new() };
    for step in &plan.steps {
        let value = match &step.action {
            Action::Plain(format) => {
                let Layout { path, span } = Layout::new(outline, step.ty, format, Scope::Function);
                let name = step.name;
                quote_spanned!(span=> #path::get_field(__wire, #name)?)
            }
            Action::Rich(value) => match plan.run_of(step) {
                Some(run) => bits::get(outline, run, step, value),
                None => rich::get(outline, plan, step, value),
            },
            Action::Skip(elsewhere) => skipped(outline, step, elsewhere),
        };
        let span = start(step.ty);
        let member = step.member().map(adopted);
        if plan.is_simple() {
            reading.fields.extend(quote_spanned!(span=> #member: #value,));
            continue;
        }
        let local = step.local();
        reading.statements.extend(verify::around_reading(outline, plan, step, &value));
        reading.fields.extend(member.map(|member| quote_spanned!(span=> #member: #local,)));
    }
    reading
}

fn skipped(outline: &Outline, step: &Step<'_>, elsewhere: &Elsewhere) -> TokenStream {
    let span = start(step.ty);
    let p = outline.runtime.at(span);
    match elsewhere {
        Elsewhere::Expression(expression) => expression.clone(),
        Elsewhere::Default => optional::unsent(outline, step),
        Elsewhere::Header(field) => {
            let place = super::message::field(field);
            quote_spanned!(span=> #p::Clone::clone(&#place))
        }
    }
}

/// The layout of a field, in the form in which a type without one is a single error: the trait is
/// named in full, and all tokens stand at the type, or at the word that chose the format.
pub(super) struct Layout {
    pub(super) path: TokenStream,
    pub(super) span: Span,
}

impl Layout {
    /// The bounds of the field, which do not compile if a word about its items or keys says nothing.
    pub(super) fn bounds(&self, outline: &Outline, name: &str, format: &Format) -> TokenStream {
        let Layout { path, span } = self;
        let (p, span) = (outline.runtime.at(*span), *span);
        let bounds = quote_spanned!(span=> #path::BOUNDS);
        let words = format.seq().map_or(&[][..], |seq| &seq.inner_words);
        words.iter().fold(bounds, |bounds, word| {
            let says = Ident::new(if *word == "key" { "KEYS" } else { "ITEMS" }, span);
            quote_spanned!(span=> #p::bounds_of_inner(#name, #word, #path::#says, #bounds))
        })
    }

    fn new(outline: &Outline, ty: &Type, format: &Format, scope: Scope) -> Layout {
        let (span, tokens) = (start(ty), type_of_user(ty));
        match format {
            // A field whose order is that of all the others needs no format to say so.
            Format::Own(order) if *order == outline.order => {
                let p = outline.runtime.at(span);
                Layout { path: quote_spanned!(span=> <#tokens as #p::Wire<'__wire>>), span }
            }
            Format::Own(_) | Format::Seq(_) | Format::As(..) => {
                Layout::of_format(outline, &tokens, span, format, scope)
            }
        }
    }

    /// The layout of a type as an implementation of `Format`.
    pub(super) fn of_format(
        outline: &Outline,
        ty: &TokenStream,
        span: Span,
        format: &Format,
        scope: Scope,
    ) -> Layout {
        Layout::of_trait(outline, ty, span, format, scope, "Format")
    }

    /// The same as an implementation of `Counted`.
    pub(super) fn of_counted(
        outline: &Outline,
        ty: &TokenStream,
        span: Span,
        format: &Format,
        scope: Scope,
    ) -> Layout {
        Layout::of_trait(outline, ty, span, format, scope, "Counted")
    }

    /// In functions the word, or the type, goes by the name that it has where the format fits the type.
    fn of_trait(
        outline: &Outline,
        ty: &TokenStream,
        span: Span,
        format: &Format,
        scope: Scope,
        as_trait: &str,
    ) -> Layout {
        let span = match format {
            Format::Own(_) => span,
            Format::Seq(seq) => located(seq.word),
            Format::As(other, _) => start(other),
        };
        let p = outline.runtime.at(span);
        let as_trait = Ident::new(as_trait, span);
        let namer = Namer { p: &p, span, scope };
        let checked = || {
            let checked = Namer { p: &p, span, scope: Scope::Constant }.format(format);
            quote_spanned!(span=> <#checked as #p::Format<'__wire, #ty>>)
        };
        let (format, ty) = match (format, scope) {
            (Format::Own(_), Scope::Constant) => {
                (quote_spanned!(span=> #p::Own<#p::Big>), ty.clone())
            }
            (Format::Own(order), Scope::Function) => {
                let order = namer.order(*order);
                let word =
                    quote_spanned!(span=> <#p::Own<#p::Big> as #p::Format<'__wire, #ty>>::Word);
                (quote_spanned!(span=> <#word as #p::Orders<#order>>::Format), ty.clone())
            }
            (_, Scope::Constant) => (namer.format(format), ty.clone()),
            (Format::Seq(seq), Scope::Function) => {
                let checked = checked();
                let word = quote_spanned!(span=> #checked::Word);
                (namer.selected(&word, seq), ty.clone())
            }
            (Format::As(..), Scope::Function) => {
                let checked = checked();
                (namer.format(format), quote_spanned!(span=> #checked::Value))
            }
        };
        Layout { path: quote_spanned!(span=> <#format as #p::#as_trait<'__wire, #ty>>), span }
    }
}
