//! Fields of which more than a format was said: how each is written and read.
//!
//! Each is one closure, so that everything that goes wrong in it is an error of the field.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};

use super::derived;
use super::format::{Namer, Scope};
use super::relation::{Side, Values};
use super::steps::Layout;
use super::{optional, verify};
use crate::model::{
    BodyExtent, Cause, Codec, Expr, Format, Outline, Presence, Source, Value, Versions,
};
use crate::paths::{located, start, type_of_user};
use crate::plan::{Action, Plan, Step};

/// The fewest bytes of the field; nothing if it may take none.
pub(super) fn min(outline: &Outline, step: &Step<'_>, value: &Value) -> Option<TokenStream> {
    let (span, ty) = (start(step.ty), type_of_user(step.ty));
    let p = outline.runtime.at(span);
    match (&value.presence, &value.codec) {
        (Presence::If(_) | Presence::Tail | Presence::Versions(_), _) => None,
        (Presence::Always, Codec::Format(_) | Codec::Told { .. } | Codec::Ordered { .. }) => {
            let (Layout { path, .. }, _) = checked(outline, step, value)?;
            Some(quote_spanned!(span=> #path::MIN))
        }
        (Presence::Always, Codec::Tagged { .. }) => {
            Some(quote_spanned!(span=> <#ty as #p::Choice<'__wire>>::BODY_MIN))
        }
        (Presence::Always, Codec::Zeros(count)) => Some(count.clone()),
        (Presence::Always, Codec::With(_) | Codec::Align(_) | Codec::Bits(..)) => None,
    }
}

/// The field's format where there is no order to inherit, if it has one.
fn checked<'v>(
    outline: &Outline,
    step: &Step<'_>,
    value: &'v Value,
) -> Option<(Layout, &'v Format)> {
    let span = start(step.ty);
    let ty = optional::inner_type(outline, step, value);
    match &value.codec {
        Codec::Format(format) | Codec::Told { format, .. } | Codec::Ordered { big: format, .. } => {
            Some((Layout::of_format(outline, &ty, span, format, Scope::Constant), format))
        }
        Codec::Tagged { .. }
        | Codec::With(_)
        | Codec::Zeros(_)
        | Codec::Align(_)
        | Codec::Bits(..) => None,
    }
}

/// The bounds of the field.
pub(super) fn bounds(
    outline: &Outline,
    plan: &Plan<'_>,
    step: &Step<'_>,
    value: &Value,
) -> TokenStream {
    let span = start(step.ty);
    let p = outline.runtime.at(span);
    let inner = match (&value.codec, checked(outline, step, value)) {
        (_, Some((layout, format))) => layout.bounds(outline, step.name, format),
        (Codec::Zeros(count), None) => quote_spanned!(span=> #p::Bounds::exactly(#count)),
        (Codec::Align(to), None) => quote_spanned!(span=> #p::Bounds::at_most(#to, 0)),
        (Codec::Tagged { extent, .. }, None) => {
            let ty = optional::inner_type(outline, step, value);
            let whole = quote_spanned!(span=> <#ty as #p::Wire<'__wire>>::BOUNDS);
            match extent {
                BodyExtent::Own => quote_spanned!(span=> #p::told_bounds(#whole)),
                BodyExtent::Told(_) => quote_spanned!(span=> #p::sized_body_bounds(#whole, 0)),
                // No prefix is longer than a number of 64 bits in seven bits a byte.
                BodyExtent::Prefix(_) => quote_spanned!(span=> #p::sized_body_bounds(#whole, 10)),
            }
        }
        (_, None) => quote_spanned!(span=> #p::Bounds::unbounded(1)),
    };
    let inner = match value.secret {
        true => quote_spanned!(span=> #inner.secret()),
        false => inner,
    };
    let inner = bounds_of_blank(outline, step, inner);
    match &value.presence {
        Presence::Always => inner,
        Presence::If(_) | Presence::Versions(_) => quote_spanned! {span=>
            #p::Bounds::either(&[#p::Bounds::exactly(0), #inner])
        },
        // The last of several says that the end of the bytes is the end of the message.
        Presence::Tail => {
            let is_last = plan.steps.iter().rposition(|it| it.uses_wire()) == Some(step.index);
            match is_last {
                true => quote_spanned!(span=> #p::Bounds::tail(#inner)),
                false => quote_spanned! {span=>
                    #p::Bounds::either(&[#p::Bounds::exactly(0), #inner])
                },
            }
        }
    }
}

/// The same as a number.
pub(super) fn whole(outline: &Outline, step: &Step<'_>, value: &Value) -> TokenStream {
    let (span, ty) = (start(step.ty), optional::inner_type(outline, step, value));
    let p = outline.runtime.at(span);
    quote_spanned!(span=> <#ty as #p::Whole>::Itself)
}

/// The type of a field as a number, if relations compute with it.
pub(super) fn whole_field(outline: &Outline, step: &Step<'_>) -> TokenStream {
    let (span, ty) = (start(step.ty), type_of_user(step.ty));
    let p = outline.runtime.at(span);
    quote_spanned!(span=> <#ty as #p::Whole>::Itself)
}

/// The bounds of a field, which do not compile if it cannot be `reserved` and is.
pub(super) fn bounds_of_blank(
    outline: &Outline,
    step: &Step<'_>,
    bounds: TokenStream,
) -> TokenStream {
    match &step.action {
        Action::Rich(value) if matches!(value.source, Source::Blank) => {
            let (span, name) = (start(step.ty), step.name);
            let (p, exists) = (outline.runtime.at(span), quote_spanned!(span=> EXISTS));
            let exists = blank(outline, step, value, &exists);
            quote_spanned!(span=> #p::blank_bounds(#name, #exists, #bounds))
        }
        Action::Rich(_) | Action::Plain(_) | Action::Skip(_) => bounds,
    }
}

/// What `reserved` asks of the type.
pub(super) fn blank(
    outline: &Outline,
    step: &Step<'_>,
    value: &Value,
    asked: &TokenStream,
) -> TokenStream {
    let (span, ty) = (start(step.ty), optional::inner_type(outline, step, value));
    let p = outline.runtime.at(span);
    quote_spanned!(span=> { use #p::NoBlank as _; #p::Blank::<#ty>::#asked })
}

/// The statements that write the field.
pub(super) fn put(
    outline: &Outline,
    plan: &Plan<'_>,
    step: &Step<'_>,
    value: &Value,
) -> TokenStream {
    let (span, name) = (start(step.ty), step.name);
    let values = Values { outline, plan, side: Side::Put, span };
    let least = min(outline, step, value).unwrap_or_else(|| quote!(0));
    let body = put_body(values, step, value);
    let checks = verify::put(values, step, value);
    quote_spanned! {span=>
        #checks
        __wire.put_rich(#least, #name, |__wire_w, __wire_keep| #body)?;
    }
}

/// What the closure does: an expression of type `Put`.
fn put_body(values: Values<'_>, step: &Step<'_>, value: &Value) -> TokenStream {
    let span = values.span;
    let p = values.outline.runtime.at(span);
    // Of an optional checksum the member says whether it is there, and nothing else.
    let (holder, source) = match &value.source {
        Source::Checksum { .. } => {
            let stored = &step.stored;
            let sum = verify::checksum_put(values, step);
            (quote_spanned!(span=> &#stored), Some(sum))
        }
        Source::Stored | Source::Computed(_) | Source::Blank => (step.source.clone(), None),
    };
    let put =
        |inner: TokenStream| put_value(values, step, value, source.as_ref().unwrap_or(&inner));
    let inner = optional::inner(values.outline, step, &holder);
    let maybe = |agreed: Option<TokenStream>| {
        let put = put(quote_spanned!(span=> __wire_x));
        quote_spanned! {span=> {
            #agreed
            match #inner {
                #p::Some(__wire_x) => #put,
                #p::None => #p::Ok(()),
            }
        }}
    };
    match &value.presence {
        Presence::Always => put(holder.clone()),
        Presence::If(condition) => maybe((!is_flagged(values.plan, step)).then(|| {
            let condition = values.condition(&condition.holds);
            let is_there = optional::is_there(values.outline, step, &holder);
            quote_spanned!(span=> #p::agree_presence(__wire_w, #condition, #is_there)?;)
        })),
        Presence::Tail => maybe(earlier_tail(values, step).map(|earlier| {
            let is_there = optional::is_there(values.outline, step, &holder);
            quote_spanned!(span=> #p::agree_tail(__wire_w, #earlier, #is_there)?;)
        })),
        Presence::Versions(versions) => {
            let put = put(holder.clone());
            let is_there = is_in_version(versions, &quote_spanned!(span=> __wire_w), step);
            quote_spanned!(span=> if #is_there { #put } else { #p::Ok(()) })
        }
    }
}

/// Whether the optional tail before this one is there.
fn earlier_tail(values: Values<'_>, step: &Step<'_>) -> Option<TokenStream> {
    let before = values.plan.steps.get(..step.index)?.iter().rfind(|it| it.uses_wire())?;
    match &before.action {
        Action::Rich(value) if matches!(value.presence, Presence::Tail) => {
            Some(optional::is_there(values.outline, before, &before.source))
        }
        Action::Rich(_) | Action::Plain(_) | Action::Skip(_) => None,
    }
}

/// Whether the condition of a field is derived from its presence alone. A bit may be that of two
/// fields, which disagree, and a mask may have several bits.
fn is_flagged(plan: &Plan<'_>, step: &Step<'_>) -> bool {
    plan.derivations.iter().any(|derivation| match derivation.cause {
        Cause::Present { of, .. } => of == step.index,
        Cause::Bit { .. } | Cause::Extent { .. } | Cause::Tag { .. } => false,
    })
}

/// Whether the version that is spoken has the field.
pub(super) fn is_in_version(
    versions: &Versions,
    who: &TokenStream,
    step: &Step<'_>,
) -> TokenStream {
    let span = start(step.ty);
    let since =
        versions.since.as_ref().map(|since| quote_spanned!(span=> #since <= #who.version()));
    let removed =
        versions.removed.as_ref().map(|removed| quote_spanned!(span=> #who.version() < #removed));
    match (since, removed) {
        (Some(since), Some(removed)) => quote_spanned!(span=> #since && #removed),
        (Some(one), None) | (None, Some(one)) => one,
        (None, None) => quote_spanned!(span=> true),
    }
}

/// Writes a value that is there: an expression of type `Put`.
pub(super) fn put_value(
    values: Values<'_>,
    step: &Step<'_>,
    value: &Value,
    source: &TokenStream,
) -> TokenStream {
    let (outline, span) = (values.outline, values.span);
    let p = outline.runtime.at(span);
    let ty = optional::inner_type(outline, step, value);
    match &value.codec {
        Codec::Format(format) => {
            let Layout { path, .. } =
                Layout::of_format(outline, &ty, span, format, Scope::Function);
            quote_spanned!(span=> #path::put(#source, __wire_w, __wire_keep))
        }
        Codec::Ordered { order, big, little } => in_told_order(values, order, |is_big| {
            let format = if is_big { big } else { little };
            let path = Layout::of_format(outline, &ty, span, format, Scope::Function).path;
            quote_spanned!(span=> #path::put(#source, __wire_w, __wire_keep))
        }),
        Codec::Told { format, units } => {
            let agreed = (!derived::is_extent_derived(values.plan, step)).then(|| {
                let Layout { path, .. } =
                    Layout::of_counted(outline, &ty, span, format, Scope::Function);
                let told = values.computed(units);
                quote_spanned! {span=>
                    let __wire_n = #path::units(#source, __wire_w)?;
                    #p::agree(__wire_w, #told, #p::Checked::of(&__wire_n))?;
                }
            });
            let Layout { path, .. } =
                Layout::of_format(outline, &ty, span, format, Scope::Function);
            quote_spanned!(span=> { #agreed #path::put(#source, __wire_w, __wire_keep) })
        }
        Codec::Tagged { .. } => put_tagged(values, step, value, source),
        Codec::With(module) => {
            let span = start(module);
            quote_spanned!(span=> #module::pack(#source, __wire_w))
        }
        Codec::Bits(..) => quote_spanned!(span=> #p::Ok(())),
        Codec::Zeros(count) => quote_spanned!(span=> __wire_w.zeros(#count)),
        Codec::Align(to) => quote_spanned!(span=> #p::put_align(__wire_w, #to, __wire_from)),
    }
}

/// Writes the fields of an enum whose tag stands elsewhere.
fn put_tagged(
    values: Values<'_>,
    step: &Step<'_>,
    value: &Value,
    source: &TokenStream,
) -> TokenStream {
    let Codec::Tagged { order, extent, word, tag } = &value.codec else {
        return TokenStream::new();
    };
    let p = values.outline.runtime.at(values.span);
    let ty = optional::inner_type(values.outline, step, value);
    let span = located(*word);
    let order = Namer { p: &p, span, scope: Scope::Function }.order(*order);
    let put = quote_spanned! {span=>
        <#ty as #p::Choice<'__wire>>::put_body::<#order, _>(#source, __wire_w, __wire_keep)
    };
    let agreed = (!derived::is_tag_derived(values.plan, step)).then(|| {
        let told = values.computed(tag);
        quote_spanned! {span=>
            let __wire_n = <#ty as #p::Choice<'__wire>>::tag(#source);
            #p::agree(__wire_w, #told, #p::Checked::of(&__wire_n))?;
        }
    });
    match extent {
        BodyExtent::Own | BodyExtent::Told(_) => quote_spanned!(span=> { #agreed #put }),
        BodyExtent::Prefix(extent) => {
            let extent = Namer { p: &p, span, scope: Scope::Function }.extent(extent);
            quote_spanned! {span=> {
                #agreed
                #p::put_body_group::<#ty, #extent, #order, _>(#source, __wire_w, __wire_keep)
            }}
        }
    }
}

/// What is done in either order, as an expression over fields tells.
fn in_told_order(
    values: Values<'_>,
    order: &Expr,
    action: impl Fn(bool) -> TokenStream,
) -> TokenStream {
    let Expr::Rust(tokens, _) = order else { return TokenStream::new() };
    let (order, span) = (values.rust(tokens), values.span);
    let p = values.outline.runtime.at(span);
    let (big, little) = (action(true), action(false));
    quote_spanned! {span=>
        match (#order) {
            #p::Endian::Big => #big,
            #p::Endian::Little => #little,
        }
    }
}

/// Reads the field: an expression of its type, which may return a fault.
pub(super) fn get(
    outline: &Outline,
    plan: &Plan<'_>,
    step: &Step<'_>,
    value: &Value,
) -> TokenStream {
    let (span, name) = (start(step.ty), step.name);
    let values = Values { outline, plan, side: Side::Get, span };
    let least = min(outline, step, value).unwrap_or_else(|| quote!(0));
    let body = get_body(values, step, value);
    let get = match value.secret {
        true => quote_spanned!(span=> get_secret),
        false => quote_spanned!(span=> get_rich),
    };
    quote_spanned!(span=> __wire.#get(#least, #name, |__wire_r, __wire_keep| #body)?)
}

fn get_body(values: Values<'_>, step: &Step<'_>, value: &Value) -> TokenStream {
    let (span, get) = (values.span, get_value(values, step, value));
    let p = values.outline.runtime.at(span);
    let maybe = |condition: TokenStream| {
        let outline = values.outline;
        let present = optional::present(outline, step, &quote_spanned!(span=> #get?));
        let absent = optional::absent(outline, step);
        quote_spanned!(span=> if #condition { #p::Ok(#present) } else { #p::Ok(#absent) })
    };
    match &value.presence {
        Presence::Always => get,
        Presence::If(condition) => maybe(values.condition(&condition.holds)),
        Presence::Tail => maybe(quote_spanned!(span=> __wire_r.left() > __wire_keep)),
        Presence::Versions(versions) => {
            let is_there = is_in_version(versions, &quote_spanned!(span=> __wire_r), step);
            let default = match &versions.default {
                Some(default) => values.rust(default),
                None => optional::unsent(values.outline, step),
            };
            quote_spanned!(span=> if #is_there { #get } else { #p::Ok(#default) })
        }
    }
}

/// Reads a value that is there: an expression of type `Got`.
fn get_value(values: Values<'_>, step: &Step<'_>, value: &Value) -> TokenStream {
    let (outline, span) = (values.outline, values.span);
    let p = outline.runtime.at(span);
    let ty = optional::inner_type(outline, step, value);
    match &value.codec {
        Codec::Format(format) => {
            let Layout { path, .. } =
                Layout::of_format(outline, &ty, span, format, Scope::Function);
            quote_spanned!(span=> #path::get(__wire_r, __wire_keep))
        }
        Codec::Ordered { order, big, little } => in_told_order(values, order, |is_big| {
            let format = if is_big { big } else { little };
            let path = Layout::of_format(outline, &ty, span, format, Scope::Function).path;
            quote_spanned!(span=> #path::get(__wire_r, __wire_keep))
        }),
        Codec::Told { format, units } => {
            let Layout { path, .. } =
                Layout::of_counted(outline, &ty, span, format, Scope::Function);
            let units = values.computed(units);
            quote_spanned! {span=> {
                let __wire_n = __wire_r.units(#units)?;
                #path::get_run(__wire_r, __wire_n, __wire_keep)
            }}
        }
        Codec::Tagged { tag, order, extent, word } => {
            let span = located(*word);
            let names = Namer { p: &p, span, scope: Scope::Function };
            let (tag, order) = (values.computed(tag), names.order(*order));
            let get = quote_spanned! {span=>
                <#ty as #p::Choice<'__wire>>::get_body::<#order>(__wire_tag, __wire_r, __wire_keep)
            };
            let get = match extent {
                BodyExtent::Own => get,
                BodyExtent::Told(units) => {
                    let units = values.computed(units);
                    quote_spanned! {span=> {
                        let __wire_n = __wire_r.units(#units)?;
                        #p::get_told_group(__wire_r, __wire_n, |__wire_r, __wire_keep| #get)
                    }}
                }
                BodyExtent::Prefix(extent) => {
                    let extent = names.extent(extent);
                    quote_spanned! {span=>
                        #p::get_group::<#extent, _>(
                            __wire_r,
                            __wire_keep,
                            |__wire_r, __wire_keep| #get,
                        )
                    }
                }
            };
            quote_spanned!(span=> { let __wire_tag = __wire_r.units(#tag)?; #get })
        }
        Codec::With(module) => {
            let span = start(module);
            quote_spanned!(span=> #module::unpack(__wire_r))
        }
        Codec::Bits(..) => quote_spanned!(span=> #p::Ok(#p::Default::default())),
        Codec::Zeros(count) => quote_spanned!(span=> #p::get_zeros(__wire_r, #count)),
        Codec::Align(to) => quote_spanned!(span=> #p::get_align(__wire_r, #to, __wire_from)),
    }
}

/// `len(field)`: the bytes that the field's value takes, as a checked number.
pub(super) fn length(values: &Values<'_>, step: &Step<'_>, place: &TokenStream) -> TokenStream {
    let span = values.span;
    let p = values.outline.runtime.at(span);
    let plain;
    let value = match &step.action {
        Action::Rich(value) => *value,
        Action::Plain(_) | Action::Skip(_) => {
            plain = Value::plain(Format::Own(values.outline.order));
            &plain
        }
    };
    let put = match &step.action {
        Action::Plain(format) => {
            let ty = type_of_user(step.ty);
            let Layout { path, .. } =
                Layout::of_format(values.outline, &ty, span, format, Scope::Function);
            quote_spanned!(span=> #path::put(&#place, __wire_w, 0))
        }
        Action::Rich(_) | Action::Skip(_) => {
            let source = quote_spanned!(span=> &#place);
            let put = put_value(*values, step, value, &source);
            quote_spanned!(span=> { let __wire_keep = 0; #put })
        }
    };
    match values.side {
        Side::Put => quote_spanned!(span=> #p::measured(__wire_w, |__wire_w| #put)?),
        Side::Get => quote_spanned!(span=> #p::measured_anew(__wire.version(), |__wire_w| #put)),
    }
}
