//! What must hold besides the layout: ranges, checks, constants, computed values and checksums.
//!
//! Packing verifies before it writes, unpacking after it read; what needs later fields waits for
//! them.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{format_ident, quote, quote_spanned};

use super::format::{Namer, Scope};
use super::relation::{Side, Values};
use super::steps::Layout;
use super::{bits, derived, doc, optional, rich};
use crate::model::{Codec, Expr, Outline, Presence, Source, Value};
use crate::paths::{start, type_of_user};
use crate::plan::{Action, Plan, Step};

/// The variable that remembers where a field begins.
fn begin(index: usize, span: Span) -> Ident {
    format_ident!("__wire_m{index}", span = span)
}

/// The variable that remembers where a field ends.
fn end(index: usize, span: Span) -> Ident {
    format_ident!("__wire_e{index}", span = span)
}

/// A checksum: the step that holds it, and the first and the last step of its range.
struct Sum<'p> {
    step: &'p Step<'p>,
    value: &'p Value,
    function: &'p TokenStream,
    first: usize,
    last: usize,
}

impl Sum<'_> {
    /// Whether the checksum's own bytes are in its range; they count as zeros.
    fn is_inside(&self) -> bool {
        self.first <= self.step.index && self.step.index <= self.last
    }

    /// The step after which all that it covers is there, and itself.
    fn is_complete_after(&self) -> usize {
        self.last.max(self.step.index)
    }
}

fn sums<'p>(plan: &'p Plan<'_>) -> impl Iterator<Item = Sum<'p>> {
    plan.steps.iter().filter_map(sum)
}

/// The checksum that a step holds, if it does.
fn sum<'p>(step: &'p Step<'_>) -> Option<Sum<'p>> {
    match &step.action {
        Action::Rich(value) => match &value.source {
            Source::Checksum { function, first, last } => {
                Some(Sum { step, value, function, first: *first, last: *last })
            }
            Source::Stored | Source::Computed(_) | Source::Blank => None,
        },
        Action::Plain(_) | Action::Skip(_) => None,
    }
}

/// The function of a checksum as the runtime names it, for a field of this type.
fn digest(outline: &Outline, sum: &Sum<'_>) -> TokenStream {
    let span = start(sum.function);
    let p = outline.runtime.at(span);
    let ty = optional::inner_type(outline, sum.step, sum.value);
    let function = function(sum.function, &p);
    match sum.is_inside() {
        true => quote_spanned!(span=> #p::sum_inside::<#ty, _>(#function)),
        false => quote_spanned!(span=> #p::sum_beside::<#ty, _>(#function)),
    }
}

/// The library's own functions by their names, and those of users by a type around them.
fn function(function: &TokenStream, p: &TokenStream) -> TokenStream {
    const BUILT_IN: &[&str] = &[
        "crc8",
        "crc16_ibm_3740",
        "crc16_xmodem",
        "crc16_kermit",
        "crc16_modbus",
        "crc16_arc",
        "crc32",
        "crc32c",
        "adler32",
        "fletcher16",
        "fletcher32",
        "sum8",
        "sum16",
        "xor8",
        "internet",
    ];
    let mut trees = function.clone().into_iter();
    match (trees.next(), trees.next()) {
        (Some(TokenTree::Ident(name)), None) if BUILT_IN.iter().any(|known| name == known) => {
            quote_spanned!(name.span()=> #p::checksum::#name)
        }
        _ => quote_spanned!(start(function)=> #p::checksum::By(#function)),
    }
}

/// The statements around the writing of a field: where it begins and ends if that is needed, and the
/// checksums that are complete after it.
pub(super) fn around_writing(
    outline: &Outline,
    plan: &Plan<'_>,
    step: &Step<'_>,
    put: &TokenStream,
) -> TokenStream {
    let span = start(step.ty);
    let values = Values { outline, plan, side: Side::Put, span };
    let begins = sums(plan).any(|sum| sum.first == step.index || sum.step.index == step.index);
    let ends = sums(plan).any(|sum| sum.last == step.index);
    let (begin, end) = (begin(step.index, span), end(step.index, span));
    let begin = begins.then(|| quote_spanned!(span=> let #begin = __wire.position();));
    let end = ends.then(|| quote_spanned!(span=> let #end = __wire.position();));
    let patches = sums(plan)
        .filter(|sum| sum.last >= sum.step.index && sum.is_complete_after() == step.index)
        .map(|sum| {
            let stored = &sum.step.stored;
            of_present(values, sum.step, sum.value, &quote!(&#stored), &patch(values, &sum))
        });
    let from = from(plan, step, quote!(position));
    quote!(#from #begin #put #end #(#patches)*)
}

/// Remembers where the body begins, if a field is aligned to that.
fn from(plan: &Plan<'_>, step: &Step<'_>, method: TokenStream) -> Option<TokenStream> {
    let is_first = plan.steps.iter().find(|it| it.uses_wire()).map(|it| it.index);
    let aligned = plan.steps.iter().any(|step| match &step.action {
        Action::Rich(value) => matches!(value.codec, Codec::Align(_)),
        Action::Plain(_) | Action::Skip(_) => false,
    });
    let span = start(step.ty);
    (aligned && is_first == Some(step.index))
        .then(|| quote_spanned!(span=> let __wire_from = __wire.#method();))
}

/// Puts a checksum over bytes that came after it, or around it, into its place.
fn patch(values: Values<'_>, sum: &Sum<'_>) -> TokenStream {
    let (outline, span) = (values.outline, start(sum.step.ty));
    let name = sum.step.name;
    let (from, to) = (begin(sum.first, span), end(sum.last, span));
    let (at, digest) = (begin(sum.step.index, span), digest(outline, sum));
    let digest = match sum.is_inside() {
        true => quote_spanned!(span=> #digest.over_zeros()),
        false => digest,
    };
    let path = format_path(outline, sum.step, sum.value);
    quote_spanned! {span=>
        __wire.put_checksum(#name, #at, #from..#to, #digest, |__wire_x, __wire_w| {
            #path::put(__wire_x, __wire_w, 0)
        })?;
    }
}

fn format_path(outline: &Outline, step: &Step<'_>, value: &Value) -> TokenStream {
    let span = start(step.ty);
    let ty = optional::inner_type(outline, step, value);
    match &value.codec {
        Codec::Format(format) => {
            Layout::of_format(outline, &ty, span, format, Scope::Function).path
        }
        _ => {
            let p = outline.runtime.at(span);
            let order = Namer { p: &p, span, scope: Scope::Function }.order(outline.order);
            quote_spanned!(span=> <#p::Own<#order> as #p::Format<'__wire, #ty>>)
        }
    }
}

/// A reference to the checksum that is written: of what stands before it, or zero until what it
/// covers is there.
pub(super) fn checksum_put(values: Values<'_>, step: &Step<'_>) -> TokenStream {
    let span = values.span;
    let p = values.outline.runtime.at(span);
    let Some(sum) = sum(step).filter(|sum| sum.last < step.index) else {
        return quote_spanned!(span=> &#p::Default::default());
    };
    let (from, to) = (begin(sum.first, span), end(sum.last, span));
    let digest = digest(values.outline, &sum);
    quote_spanned!(span=> &#p::sum_of_packed(__wire_w, #from..#to, #digest))
}

/// What must hold before a field is written.
pub(super) fn put(values: Values<'_>, step: &Step<'_>, value: &Value) -> TokenStream {
    let (span, name) = (values.span, step.name);
    let p = values.outline.runtime.at(span);
    let source = &step.source;
    let range = value.range.as_ref().map(|range| {
        let why = outside(range);
        let test = in_range(
            values,
            step,
            value,
            range,
            |outside| quote_spanned!(span=> __wire.not_in_range(#name, #outside, #why)),
        );
        of_present(values, step, value, source, &test)
    });
    let check = value.check.as_ref().map(|check| {
        let (holds, text) = (values.rust(&check.holds), &check.text);
        let test = quote_spanned! {start(&check.holds)=>
            if !(#holds) {
                return #p::Err(__wire.fails(#name, #text));
            }
        };
        in_its_versions(step, value, test)
    });
    quote!(#range #check)
}

/// A test that the value `__wire_x` is in its range, of which the fault says what it is instead.
fn in_range(
    values: Values<'_>,
    step: &Step<'_>,
    value: &Value,
    range: &TokenStream,
    fault: impl Fn(&TokenStream) -> TokenStream,
) -> TokenStream {
    let span = start(range);
    let p = values.outline.runtime.at(span);
    let ty = optional::inner_type(values.outline, step, value);
    let fault = fault(&quote_spanned!(span=> __wire_o));
    quote_spanned! {span=>
        if let #p::Some(__wire_o) = #p::outside::<#ty, _>(__wire_x, &(#range)) {
            return #p::Err(#fault);
        }
    }
}

/// What is said of a value outside a range, if it is no whole number.
fn outside(range: &TokenStream) -> String {
    format!("the value is outside {}", doc::text(range))
}

/// A test of the value `__wire_x`, where there is one on the wire.
fn of_present(
    values: Values<'_>,
    step: &Step<'_>,
    value: &Value,
    source: &TokenStream,
    test: &TokenStream,
) -> TokenStream {
    let span = values.span;
    let p = values.outline.runtime.at(span);
    let test = match value.presence {
        Presence::If(_) | Presence::Tail => {
            let inner = optional::inner(values.outline, step, source);
            quote_spanned!(span=> if let #p::Some(__wire_x) = #inner { #test })
        }
        Presence::Always | Presence::Versions(_) => {
            quote_spanned!(span=> { let __wire_x = #source; #test })
        }
    };
    in_its_versions(step, value, test)
}

/// A test in the versions that have the field.
fn in_its_versions(step: &Step<'_>, value: &Value, test: TokenStream) -> TokenStream {
    let Presence::Versions(versions) = &value.presence else { return test };
    let span = start(step.ty);
    let is_there = rich::is_in_version(versions, &quote_spanned!(span=> __wire), step);
    quote_spanned!(span=> if #is_there { #test })
}

/// The statements around the reading of a field into its variable.
pub(super) fn around_reading(
    outline: &Outline,
    plan: &Plan<'_>,
    step: &Step<'_>,
    read: &TokenStream,
) -> TokenStream {
    let span = start(step.ty);
    let from = from(plan, step, quote!(mark));
    let covered = sums(plan).any(|sum| sum.first == step.index || sum.step.index == step.index);
    let ends = sums(plan).any(|sum| sum.last == step.index || sum.step.index == step.index);
    let (begin, end, local) = (begin(step.index, span), end(step.index, span), step.local());
    let is_gap = match &step.action {
        Action::Rich(value) => matches!(value.codec, Codec::Zeros(_) | Codec::Align(_)),
        Action::Plain(_) | Action::Skip(_) => false,
    };
    let run = plan.run_of(step);
    let open = run.and_then(|run| bits::open(outline, run, step));
    let mark = match run {
        Some(run) => bits::mark(run, span),
        None => quote_spanned!(span=> __wire.mark()),
    };
    let begin = (covered || is_verified(step)).then(|| quote_spanned!(span=> let #begin = #mark;));
    let read = match (is_gap, &step.action) {
        (true, _) => quote_spanned!(span=> #read;),
        (false, Action::Skip(_)) => {
            let ty = type_of_user(step.ty);
            quote_spanned!(span=> let #local: #ty = #read;)
        }
        (false, Action::Plain(_) | Action::Rich(_)) => quote_spanned!(span=> let #local = #read;),
    };
    let end = ends.then(|| quote_spanned!(span=> let #end = __wire.mark();));
    let values = Values { outline, plan, side: Side::Get, span };
    let holds = match &step.action {
        Action::Rich(value) => get(values, step, value),
        Action::Plain(_) | Action::Skip(_) => TokenStream::new(),
    };
    let sums = sums(plan).filter(|sum| sum.is_complete_after() == step.index);
    let sums = sums.map(|sum| verify_sum(values, &sum));
    let computed = plan
        .steps
        .iter()
        .filter(|other| latest_need(other) == Some(step.index))
        .map(|other| verify_computed(outline, plan, other));
    quote!(#from #open #begin #read #end #holds #(#computed)* #(#sums)*)
}

/// Whether anything is verified of a field that was read.
fn is_verified(step: &Step<'_>) -> bool {
    match &step.action {
        Action::Rich(value) => {
            let compared = matches!(value.source, Source::Computed(_) | Source::Blank);
            value.range.is_some() || value.check.is_some() || compared
        }
        Action::Plain(_) | Action::Skip(_) => false,
    }
}

/// The last field that is read before a computed one can be verified.
fn latest_need(step: &Step<'_>) -> Option<usize> {
    match &step.action {
        Action::Rich(value) => match &value.source {
            Source::Computed(expr) => Some(expr.fields().into_iter().fold(step.index, usize::max)),
            Source::Stored | Source::Blank | Source::Checksum { .. } => None,
        },
        Action::Plain(_) | Action::Skip(_) => None,
    }
}

/// What must hold of a field that was read.
fn get(values: Values<'_>, step: &Step<'_>, value: &Value) -> TokenStream {
    let (span, name) = (values.span, step.name);
    let p = values.outline.runtime.at(span);
    let (local, begin) = (step.local(), begin(step.index, span));
    let source = quote_spanned!(span=> &#local);
    let range = value.range.as_ref().map(|range| {
        let why = outside(range);
        let test = in_range(values, step, value, range, |outside| match value.secret {
            // No error shows the number of a secret.
            true => {
                quote_spanned!(span=> __wire.fails(#name, #begin, "the secret has a wrong value"))
            }
            false => quote_spanned!(span=> __wire.not_in_range(#name, #begin, #outside, #why)),
        });
        of_present(values, step, value, &source, &test)
    });
    let check = value.check.as_ref().map(|check| {
        let (holds, text) = (values.rust(&check.holds), &check.text);
        let test = quote_spanned! {start(&check.holds)=>
            if !(#holds) {
                return #p::Err(__wire.fails(#name, #begin, #text));
            }
        };
        in_its_versions(step, value, test)
    });
    let blank = match value.source {
        Source::Blank => {
            let is = quote_spanned!(span=> is(__wire_x));
            let is_blank = rich::blank(values.outline, step, value, &is);
            let test = quote_spanned!(span=> __wire.blank(#name, #begin, #is_blank)?;);
            Some(of_present(values, step, value, &source, &test))
        }
        Source::Stored | Source::Computed(_) | Source::Checksum { .. } => None,
    };
    quote!(#blank #range #check)
}

fn verify_computed(outline: &Outline, plan: &Plan<'_>, step: &Step<'_>) -> TokenStream {
    let (span, name) = (start(step.ty), step.name);
    let p = outline.runtime.at(span);
    let values = Values { outline, plan, side: Side::Get, span };
    let (local, begin) = (step.local(), begin(step.index, span));
    let Action::Rich(value) = &step.action else { return TokenStream::new() };
    let test = match &value.source {
        Source::Computed(Expr::Relation(relation)) => {
            let number = values.computed(relation);
            let whole = rich::whole(outline, step, value);
            quote_spanned! {span=>
                let __wire_n = #p::Checked::of::<#whole>(__wire_x);
                __wire.expect_number(#name, #begin, __wire_n, #number)?;
            }
        }
        Source::Computed(Expr::Rust(tokens, _)) => {
            let (constant, ty) = (
                derived::constant(values, step, value, tokens),
                optional::inner_type(outline, step, value),
            );
            quote_spanned!(span=> __wire.expect::<#ty>(#name, #begin, __wire_x, &#constant)?;)
        }
        Source::Stored | Source::Blank | Source::Checksum { .. } => return TokenStream::new(),
    };
    of_present(values, step, value, &quote_spanned!(span=> &#local), &test)
}

fn verify_sum(values: Values<'_>, sum: &Sum<'_>) -> TokenStream {
    let (span, name) = (start(sum.step.ty), sum.step.name);
    let (from, to) = (begin(sum.first, span), end(sum.last, span));
    let (own, own_end) = (begin(sum.step.index, span), end(sum.step.index, span));
    let (local, digest) = (sum.step.local(), digest(values.outline, sum));
    let method = match sum.is_inside() {
        true => quote_spanned!(span=> sum_around),
        false => quote_spanned!(span=> sum_of),
    };
    let test = quote_spanned! {span=>
        __wire.#method(#name, [#from, #to, #own, #own_end], __wire_x, #digest)?;
    };
    of_present(values, sum.step, sum.value, &quote_spanned!(span=> &#local), &test)
}
