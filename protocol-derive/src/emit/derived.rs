//! What is computed before a body is packed: the fields that others determine.

use proc_macro2::TokenStream;
use quote::quote_spanned;

use super::format::{Namer, Scope};
use super::relation::{Side, Values};
use super::steps::Layout;
use super::{optional, rich};
use crate::model::{Absent, BodyExtent, Cause, Codec, Derivation, Expr, Outline, Presence};
use crate::model::{Root, Source, Term, Value, fields};
use crate::paths::{start, type_of_user};
use crate::plan::{Action, Plan, Step, local};
use crate::syntax::Relation;

/// Whether the length or count of a field says what an earlier field is.
pub(super) fn is_extent_derived(plan: &Plan<'_>, step: &Step<'_>) -> bool {
    plan.derivations
        .iter()
        .any(|it| matches!(it.cause, Cause::Extent { of, .. } if of == step.index))
}

/// Whether the tag of a field says what an earlier field is.
pub(super) fn is_tag_derived(plan: &Plan<'_>, step: &Step<'_>) -> bool {
    plan.derivations.iter().any(|it| matches!(it.cause, Cause::Tag { of, .. } if of == step.index))
}

/// One thing to compute.
enum Task<'m> {
    Derive(&'m Derivation),
    Compute(&'m Step<'m>, &'m Value),
}

/// The statements that compute all derived fields of a body but those of a header.
pub(super) fn before_packing(outline: &Outline, plan: &Plan<'_>) -> TokenStream {
    let mut started: Vec<usize> = Vec::new();
    let tasks = in_order(tasks(plan)).into_iter().map(|task| match task {
        Task::Compute(step, value) => compute(outline, plan, step, value),
        Task::Derive(derivation) => match derivation.target.root {
            Root::Field(index) => {
                let is_started = started.contains(&index);
                started.push(index);
                derive_field(outline, plan, derivation, index, is_started)
            }
            Root::Header => TokenStream::new(),
        },
    });
    tasks.chain(plan.steps.iter().filter_map(|step| looked_at(plan, step))).collect()
}

/// A look at a member whose value something else determines. The user need not read it, and the compiler
/// shall not say that nobody does.
fn looked_at(plan: &Plan<'_>, step: &Step<'_>) -> Option<TokenStream> {
    let stored = &step.stored;
    let is_unread = step.uses_wire() && step.member().is_some() && !plan.reads_stored(step);
    is_unread.then(|| quote_spanned!(start(step.ty)=> let _ = #stored;))
}

/// The statements that set the fields of the header that the body determines.
pub(super) fn header_fields(outline: &Outline, plan: &Plan<'_>) -> TokenStream {
    let of_header = plan.derivations.iter().filter(|it| it.target.root == Root::Header);
    of_header
        .map(|derivation| {
            let span = match plan.steps.get(derivation.cause.of()) {
                Some(step) => start(step.ty),
                None => start(&outline.name),
            };
            let values = Values { outline, plan, side: Side::Put, span };
            let place = values.place(&derivation.target);
            let value = value_of(values, derivation, &place);
            quote_spanned!(span=> #place = #value;)
        })
        .collect()
}

fn tasks<'m>(plan: &'m Plan<'m>) -> Vec<Task<'m>> {
    let computed = plan.steps.iter().filter_map(|step| match &step.action {
        Action::Rich(value) => match value.source {
            Source::Computed(_) | Source::Blank => Some(Task::Compute(step, value)),
            Source::Stored | Source::Checksum { .. } => None,
        },
        Action::Plain(_) | Action::Skip(_) => None,
    });
    computed.chain(plan.derivations.iter().map(Task::Derive)).collect()
}

impl Task<'_> {
    /// The field that it makes.
    fn makes(&self) -> Option<usize> {
        match self {
            Task::Compute(step, _) => Some(step.index),
            Task::Derive(derivation) => match derivation.target.root {
                Root::Field(index) => Some(index),
                Root::Header => None,
            },
        }
    }

    /// The fields that it needs.
    fn needs(&self) -> Vec<usize> {
        match self {
            Task::Compute(_, value) => match &value.source {
                Source::Computed(expr) => expr.fields(),
                Source::Stored | Source::Blank | Source::Checksum { .. } => Vec::new(),
            },
            Task::Derive(derivation) => match &derivation.cause {
                Cause::Extent { solved, .. } | Cause::Tag { solved, .. } => fields_of(solved),
                Cause::Bit { mask, .. } => fields(mask),
                Cause::Present { .. } => Vec::new(),
            },
        }
    }
}

fn fields_of(solved: &Relation<Term>) -> Vec<usize> {
    let roots = solved.names().into_iter().filter_map(|term| match term {
        Term::Field(target) => match target.root {
            Root::Field(index) => Some(index),
            Root::Header => None,
        },
        Term::Known => None,
    });
    roots.collect()
}

/// Each after those that make what it needs. What needs itself in a circle stays as it is: the
/// compiler names the value that is missing.
fn in_order(mut open: Vec<Task<'_>>) -> Vec<Task<'_>> {
    let mut ordered = Vec::new();
    while !open.is_empty() {
        let next = open.iter().enumerate().position(|(at, task)| {
            let needs = task.needs();
            let mut others = open.iter().enumerate().filter(|(other, _)| *other != at);
            !others.any(|(_, other)| other.makes().is_some_and(|made| needs.contains(&made)))
        });
        ordered.push(open.remove(next.unwrap_or(0)));
    }
    ordered
}

fn compute(outline: &Outline, plan: &Plan<'_>, step: &Step<'_>, value: &Value) -> TokenStream {
    let (span, ty, name) = (start(step.ty), type_of_user(step.ty), step.name);
    let p = outline.runtime.at(span);
    let values = Values { outline, plan, side: Side::Put, span };
    let (local, stored) = (step.local(), &step.stored);
    let computed = match &value.source {
        Source::Computed(Expr::Relation(relation)) => {
            let number = values.computed(relation);
            let whole = rich::whole(outline, step, value);
            quote_spanned!(span=> #p::derived::<#whole, _>(__wire_w, #name, #number)?)
        }
        Source::Computed(Expr::Rust(tokens, _)) => constant(values, step, value, tokens),
        Source::Blank => rich::blank(outline, step, value, &quote_spanned!(span=> value())),
        Source::Stored | Source::Checksum { .. } => return TokenStream::new(),
    };
    match value.presence {
        Presence::Always | Presence::Versions(_) => {
            quote_spanned!(span=> let #local: #ty = #computed;)
        }
        Presence::If(_) | Presence::Tail => {
            let inner = optional::inner(outline, step, &quote_spanned!(span=> &#stored));
            let (present, absent) =
                (optional::present(outline, step, &computed), optional::absent(outline, step));
            quote_spanned! {span=>
                let #local: #ty = match #inner {
                    #p::Some(_) => #present,
                    #p::None => #absent,
                };
            }
        }
    }
}

/// What the user wrote as the value of a field. Packing and unpacking say its type alike, so that a wrong
/// one is one error.
pub(super) fn constant(
    values: Values<'_>,
    step: &Step<'_>,
    value: &Value,
    tokens: &TokenStream,
) -> TokenStream {
    let (tokens, ty) = (values.rust(tokens), optional::inner_type(values.outline, step, value));
    quote_spanned!(values.span=> { let __wire_c: #ty = #tokens; __wire_c })
}

fn derive_field(
    outline: &Outline,
    plan: &Plan<'_>,
    derivation: &Derivation,
    index: usize,
    is_started: bool,
) -> TokenStream {
    let Some(step) = plan.steps.get(index) else { return TokenStream::new() };
    let (span, ty) = (start(step.ty), type_of_user(step.ty));
    let p = outline.runtime.at(span);
    let values = Values { outline, plan, side: Side::Put, span };
    let local = local(index, span);
    let current = match is_started {
        true => quote_spanned!(span=> #local),
        false => step.stored.clone(),
    };
    if derivation.target.inner.is_empty() {
        let value = value_of(values, derivation, &current);
        return quote_spanned!(span=> let #local: #ty = #value;);
    }
    let place = values.place(&derivation.target);
    let value = value_of(values, derivation, &place);
    let begin = (!is_started)
        .then(|| quote_spanned!(span=> let mut #local: #ty = #p::Clone::clone(&#current);));
    quote_spanned!(span=> #begin #place = #value;)
}

/// The value of a derived field: an expression, which may return a fault. `current` is what it was
/// before.
fn value_of(values: Values<'_>, derivation: &Derivation, current: &TokenStream) -> TokenStream {
    let (span, plan) = (values.span, values.plan);
    let p = values.outline.runtime.at(span);
    let name = name_of(derivation, plan);
    let whole = turbofish(values, derivation);
    match &derivation.cause {
        Cause::Present { of, is_set } => {
            let flag = flag(values, *of, *is_set);
            quote_spanned!(span=> #p::derived #whole(__wire_w, #name, #p::Checked::of(&#flag))?)
        }
        Cause::Bit { of, mask, is_set } => {
            let (flag, mask) = (flag(values, *of, *is_set), values.computed(mask));
            quote_spanned!(span=> #p::with_bit #whole(__wire_w, #name, &#current, #mask, #flag)?)
        }
        Cause::Tag { solved, .. } => {
            known(values, derivation, &Absent::Never, current, |values, step, x| {
                let tag = tag_of(values, step, x);
                let number = values.number(solved, Some(&tag));
                quote_spanned!(span=> #p::derived #whole(__wire_w, #name, #number)?)
            })
        }
        Cause::Extent { solved, absent, .. } => {
            known(values, derivation, absent, current, |values, step, x| {
                let units = units_of(values, step, x);
                let number = values.number(solved, Some(&units));
                quote_spanned!(span=> #p::derived #whole(__wire_w, #name, #number)?)
            })
        }
    }
}

/// The type of the derived field, where it is computed.
fn turbofish(values: Values<'_>, derivation: &Derivation) -> Option<TokenStream> {
    let span = values.span;
    values.whole(&derivation.target).map(|ty| quote_spanned!(span=> ::<#ty, _>))
}

/// The name of a derived field in errors.
fn name_of(derivation: &Derivation, plan: &Plan<'_>) -> String {
    let root = match derivation.target.root {
        Root::Field(index) => plan.steps.get(index).map_or("", |step| step.name),
        Root::Header => "header",
    };
    derivation.target.inner.iter().fold(root.to_owned(), |name, inner| format!("{name}.{inner}"))
}

/// The flag of an optional field: whether it is there, or not, as `is_set` says.
fn flag(values: Values<'_>, of: usize, is_set: bool) -> TokenStream {
    let Some(step) = values.plan.steps.get(of) else { return TokenStream::new() };
    let (span, stored) = (start(step.ty), &step.stored);
    let is_there = optional::is_there(values.outline, step, &quote_spanned!(span=> &#stored));
    match is_set {
        true => is_there,
        false => quote_spanned!(span=> !#is_there),
    }
}

/// What is derived from the value of a field: of an optional one only where it is there.
fn known(
    values: Values<'_>,
    derivation: &Derivation,
    absent: &Absent,
    current: &TokenStream,
    derive: impl Fn(Values<'_>, &Step<'_>, &TokenStream) -> TokenStream,
) -> TokenStream {
    let of = derivation.cause.of();
    let Some(step) = values.plan.steps.get(of) else { return TokenStream::new() };
    let span = values.span;
    let p = values.outline.runtime.at(span);
    let is_optional = match &step.action {
        Action::Rich(value) => matches!(value.presence, Presence::If(_) | Presence::Tail),
        Action::Plain(_) | Action::Skip(_) => false,
    };
    if !is_optional {
        return derive(values, step, &step.source);
    }
    let source = optional::inner(values.outline, step, &step.source);
    let there = derive(values, step, &quote_spanned!(span=> __wire_x));
    let name = step.name;
    let absent = match absent {
        Absent::Number(number) => {
            let (number, whole) = (values.computed(number), turbofish(values, derivation));
            quote_spanned!(span=> #p::derived #whole(__wire_w, #name, #number)?)
        }
        // What is on the wire only is stored nowhere.
        Absent::Stored if is_on_wire_only(values.plan, derivation) => {
            quote_spanned!(span=> #p::Default::default())
        }
        Absent::Never | Absent::Stored => quote_spanned!(span=> #p::Clone::clone(&#current)),
    };
    quote_spanned! {span=>
        match #source {
            #p::Some(__wire_x) => #there,
            #p::None => #absent,
        }
    }
}

fn is_on_wire_only(plan: &Plan<'_>, derivation: &Derivation) -> bool {
    match derivation.target.root {
        Root::Field(index) => plan.steps.get(index).is_some_and(|step| step.member().is_none()),
        Root::Header => false,
    }
}

/// The length or count of the value `x` of a field, as a checked number.
fn units_of(values: Values<'_>, step: &Step<'_>, x: &TokenStream) -> TokenStream {
    let (outline, span, name) = (values.outline, values.span, step.name);
    let p = outline.runtime.at(span);
    let Action::Rich(value) = &step.action else { return TokenStream::new() };
    let ty = optional::inner_type(outline, step, value);
    match &value.codec {
        Codec::Told { format, .. } => {
            let Layout { path, .. } =
                Layout::of_counted(outline, &ty, span, format, Scope::Function);
            quote_spanned!(span=> #p::Checked::of(&#p::of_field(#path::units(#x, __wire_w), __wire_w, #name)?))
        }
        Codec::Tagged { order, extent: BodyExtent::Told(_), .. } => {
            let order = Namer { p: &p, span, scope: Scope::Function }.order(*order);
            quote_spanned! {span=>
                #p::of_field(#p::measured(__wire_w, |__wire_w| {
                    <#ty as #p::Choice<'__wire>>::put_body::<#order, _>(#x, __wire_w, 0)
                }), __wire_w, #name)?
            }
        }
        Codec::Tagged { .. }
        | Codec::Format(_)
        | Codec::Ordered { .. }
        | Codec::With(_)
        | Codec::Zeros(_)
        | Codec::Align(_)
        | Codec::Bits(..) => TokenStream::new(),
    }
}

fn tag_of(values: Values<'_>, step: &Step<'_>, x: &TokenStream) -> TokenStream {
    let span = values.span;
    let p = values.outline.runtime.at(span);
    let Action::Rich(value) = &step.action else { return TokenStream::new() };
    let ty = optional::inner_type(values.outline, step, value);
    quote_spanned!(span=> #p::Checked::of(&<#ty as #p::Choice<'__wire>>::tag(#x)))
}
