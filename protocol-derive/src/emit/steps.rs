//! The four walks over the steps of a body: smallest size, bounds, packing, unpacking.

use proc_macro2::{Span, TokenStream};
use quote::quote_spanned;
use syn::Type;

use super::format::{Namer, Scope};
use crate::model::{Format, Order, Outline, Seq};
use crate::paths::{adopted, located, start, type_of_user};
use crate::plan::{Action, Step};

/// The fewest bytes of a body, as an expression.
pub(super) fn min(outline: &Outline, steps: &[Step<'_>], span: Span) -> TokenStream {
    let p = outline.runtime.at(span);
    let mins: Vec<TokenStream> = steps.iter().filter_map(|step| min_of(outline, step)).collect();
    match mins.as_slice() {
        [] => quote_spanned!(span=> 0),
        [min] => min.clone(),
        mins => quote_spanned!(span=> #p::sum(&[#(#mins),*])),
    }
}

/// Code of the user may write nothing, so it promises nothing.
fn min_of(outline: &Outline, step: &Step<'_>) -> Option<TokenStream> {
    match &step.action {
        Action::Value(format) => {
            let layout = Layout::new(outline, step.ty, format, Scope::Constant);
            let (path, span) = (layout.path, layout.span);
            Some(quote_spanned!(span=> #path::MIN))
        }
        Action::With(_) | Action::Skip(_) => None,
    }
}

/// The bounds of a body, as an expression.
pub(super) fn bounds(outline: &Outline, steps: &[Step<'_>], span: Span) -> TokenStream {
    let p = outline.runtime.at(span);
    let bounds: Vec<TokenStream> =
        steps.iter().filter_map(|step| bounds_of(outline, step)).collect();
    match bounds.as_slice() {
        [bounds] => bounds.clone(),
        bounds => quote_spanned!(span=> #p::Bounds::sequence(&[#(#bounds),*])),
    }
}

fn bounds_of(outline: &Outline, step: &Step<'_>) -> Option<TokenStream> {
    let span = start(step.ty);
    let p = outline.runtime.at(span);
    match &step.action {
        Action::Value(_) if step.recursive => Some(quote_spanned! {span=>
            #p::Bounds::recursive(
                ::core::mem::size_of::<Self>(),
                <Self as #p::Wire<'__wire>>::MIN,
            )
        }),
        Action::Value(format) => {
            let Layout { path, span } = Layout::new(outline, step.ty, format, Scope::Constant);
            Some(quote_spanned!(span=> #path::BOUNDS))
        }
        Action::With(_) => Some(quote_spanned!(span=> #p::Bounds::unbounded(1))),
        Action::Skip(_) => None,
    }
}

/// Enters the fields of a body that is written.
pub(super) fn enter_put(outline: &Outline, min: &TokenStream, span: Span) -> TokenStream {
    let p = outline.runtime.at(span);
    let order = Namer { p: &p, span, scope: Scope::Function }.order(outline.order);
    quote_spanned! {span=>
        let __wire = &mut #p::PutFields::<#order, __W>::enter(__wire_w, #min, __wire_keep)?;
    }
}

/// Enters the fields of a body that is read.
pub(super) fn enter_get(outline: &Outline, min: &TokenStream, span: Span) -> TokenStream {
    let p = outline.runtime.at(span);
    let order = Namer { p: &p, span, scope: Scope::Function }.order(outline.order);
    quote_spanned! {span=>
        let __wire = &mut #p::GetFields::<#order>::enter(__wire_r, #min, __wire_keep)?;
    }
}

/// The statements that lend each number of a body to a probe; none if a field has a format of its
/// own, or is not on the wire.
pub(super) fn lanes(outline: &Outline, steps: &[Step<'_>]) -> Option<TokenStream> {
    steps.iter().map(|step| lane(outline, step)).collect()
}

fn lane(outline: &Outline, step: &Step<'_>) -> Option<TokenStream> {
    let Action::Value(Format::Own(order)) = &step.action else { return None };
    let (ty, source, span) = (type_of_user(step.ty), &step.source, start(step.ty));
    let p = outline.runtime.at(span);
    let order = Namer { p: &p, span, scope: Scope::Function }.order(*order);
    Some(quote_spanned! {span=>
        <#ty as #p::Wire<'__wire>>::lanes::<#order>(#source, __wire_probe);
    })
}

/// Whether a step touches the bytes.
pub(super) fn wire_is_used(steps: &[Step<'_>]) -> bool {
    steps.iter().any(|step| match step.action {
        Action::Value(_) | Action::With(_) => true,
        Action::Skip(_) => false,
    })
}

/// The statements that write a body.
pub(super) fn put(outline: &Outline, steps: &[Step<'_>]) -> TokenStream {
    steps.iter().map(|step| put_one(outline, step)).collect()
}

fn put_one(outline: &Outline, step: &Step<'_>) -> TokenStream {
    let Step { member: _, ty, name, source, action, recursive: _ } = step;
    match action {
        Action::Value(format) => {
            let Layout { path, span } = Layout::new(outline, ty, format, Scope::Function);
            quote_spanned!(span=> #path::put_field(#source, __wire, #name)?;)
        }
        Action::With(module) => {
            let span = start(module);
            quote_spanned! {span=>
                __wire.put_with(#name, |__wire_w| #module::pack(#source, __wire_w))?;
            }
        }
        Action::Skip(_) => TokenStream::new(),
    }
}

/// The fields of a body as they are read, for a struct expression.
pub(super) fn get(outline: &Outline, steps: &[Step<'_>]) -> TokenStream {
    steps.iter().map(|step| get_one(outline, step)).collect()
}

fn get_one(outline: &Outline, step: &Step<'_>) -> TokenStream {
    let Step { member, ty, name, source: _, action, recursive: _ } = step;
    let member = adopted(member);
    let ty_span = start(ty);
    let p = outline.runtime.at(ty_span);
    match action {
        Action::Value(format) => {
            let Layout { path, span } = Layout::new(outline, ty, format, Scope::Function);
            quote_spanned!(span=> #member: #path::get_field(__wire, #name)?,)
        }
        Action::With(module) => {
            let (ty, span) = (type_of_user(ty), start(module));
            quote_spanned! {span=>
                #member: __wire.get_with::<#ty>(#name, |__wire_r| #module::unpack(__wire_r))?,
            }
        }
        Action::Skip(Some(default)) => quote_spanned!(ty_span=> #member: #default,),
        Action::Skip(None) => {
            let ty = type_of_user(ty);
            quote_spanned!(ty_span=> #member: <#ty as #p::Default>::default(),)
        }
    }
}

/// The layout of a field, in the form in which a type without one is a single error: the trait is
/// named in full, and all tokens stand at the type, or at the word that chose the format.
struct Layout {
    path: TokenStream,
    span: Span,
}

impl Layout {
    fn new(outline: &Outline, ty: &Type, format: &Format, scope: Scope) -> Layout {
        match format {
            Format::Own(order) => Layout::own(outline, ty, *order, scope),
            Format::Seq(seq) => Layout::chosen(outline, ty, seq, scope),
        }
    }

    /// A field whose order is that of all the others needs no format to say so.
    fn own(outline: &Outline, ty: &Type, order: Order, scope: Scope) -> Layout {
        let span = start(ty);
        let p = outline.runtime.at(span);
        let ty = type_of_user(ty);
        let path = if order == outline.order || scope == Scope::Constant {
            quote_spanned!(span=> <#ty as #p::Wire<'__wire>>)
        } else {
            let order = Namer { p: &p, span, scope }.order(order);
            quote_spanned!(span=> <#p::Own<#order> as #p::Format<'__wire, #ty>>)
        };
        Layout { path, span }
    }

    /// In functions the type goes by the name that it has where the format fits it.
    fn chosen(outline: &Outline, ty: &Type, seq: &Seq, scope: Scope) -> Layout {
        let span = located(seq.word);
        let p = outline.runtime.at(span);
        let ty = type_of_user(ty);
        let checked = Namer { p: &p, span, scope: Scope::Constant }.seq(seq);
        let checked = quote_spanned!(span=> <#checked as #p::Format<'__wire, #ty>>);
        let path = match scope {
            Scope::Constant => checked,
            Scope::Function => {
                let format = Namer { p: &p, span, scope }.seq(seq);
                quote_spanned!(span=> <#format as #p::Format<'__wire, #checked::Value>>)
            }
        };
        Layout { path, span }
    }
}
