//! The steps of the wire, in order.
//!
//! Each body becomes one list. Packing, unpacking, the smallest size and the bounds all walk that
//! list, so they cannot drift apart.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, format_ident, quote_spanned};
use syn::{Member, Type};

use crate::model::{
    Body, Codec, Derivation, Elsewhere, Field, Format, Presence, Record, Role, Scope, Source,
    Value, is_determined,
};
use crate::paths::{adopted, start};
use crate::syntax::{BitOrder, BitWidth};

/// The steps of a body, and what of it is computed before the first of them is packed.
pub(crate) struct Plan<'m> {
    pub(crate) steps: Vec<Step<'m>>,
    pub(crate) derivations: &'m [Derivation],
    pub(crate) scope: &'m Scope,
    /// The bit fields that fill whole bytes together.
    pub(crate) runs: Vec<Run<'m>>,
}

/// Bit fields that fill whole bytes together, directly after each other.
pub(crate) struct Run<'m> {
    /// The places of its first and its last field in the body.
    pub(crate) first: usize,
    pub(crate) last: usize,
    /// Its fields by their places, with their widths.
    pub(crate) fields: Vec<(usize, &'m BitWidth)>,
    pub(crate) order: BitOrder,
}

impl Run<'_> {
    /// Its bits, if all widths are numbers.
    pub(crate) fn bits(&self) -> Option<u32> {
        self.fields.iter().try_fold(0_u32, |bits, (_, width)| match width {
            BitWidth::Number(width) => Some(bits.saturating_add(*width)),
            BitWidth::Constant(_) => None,
        })
    }

    /// The width of one of its fields.
    pub(crate) fn width_of(&self, step: &Step<'_>) -> Option<&BitWidth> {
        self.fields.iter().find(|(index, _)| *index == step.index).map(|(_, width)| *width)
    }
}

/// What happens to one field.
pub(crate) struct Step<'m> {
    /// Its place in the body.
    pub(crate) index: usize,
    pub(crate) field: &'m Field,
    pub(crate) ty: &'m Type,
    /// The name in errors.
    pub(crate) name: &'m str,
    /// The value, where packing finds it.
    pub(crate) place: TokenStream,
    /// The member that holds it, whatever determines what is written.
    pub(crate) stored: TokenStream,
    /// A reference to the place.
    pub(crate) source: TokenStream,
    pub(crate) action: Action<'m>,
    /// Its bounds are cut, because they lead back to the type itself.
    pub(crate) recursive: bool,
}

pub(crate) enum Action<'m> {
    /// A value in a format.
    Plain(&'m Format),
    /// A value of which more was said.
    Rich(&'m Value),
    /// Not in the body.
    Skip(&'m Elsewhere),
}

impl Plan<'_> {
    /// Whether no step needs another: then the fields are read where the struct is made.
    pub(crate) fn is_simple(&self) -> bool {
        self.steps.iter().all(|step| match step.action {
            Action::Plain(_) | Action::Skip(_) => true,
            Action::Rich(_) => false,
        })
    }

    /// Whether packing looks at what the member of a step holds: not if something else determines
    /// it, unless in part.
    pub(crate) fn reads_stored(&self, step: &Step<'_>) -> bool {
        let computed = match &step.field.role {
            Role::Value(value) => {
                let may_be_absent = matches!(value.presence, Presence::If(_) | Presence::Tail);
                !may_be_absent && !matches!(value.source, Source::Stored)
            }
            Role::Skipped(_) => false,
        };
        let derived = self.derivations.iter().any(|derivation| derivation.replaces(step.index));
        !computed && !derived
    }

    /// The run that a bit field is in.
    pub(crate) fn run_of(&self, step: &Step<'_>) -> Option<&Run<'_>> {
        self.runs.iter().find(|run| run.width_of(step).is_some())
    }

    /// Whether any step touches the bytes.
    pub(crate) fn uses_wire(&self) -> bool {
        self.steps.iter().any(Step::uses_wire)
    }
}

impl<'m> Step<'m> {
    /// Whether it touches the bytes.
    pub(crate) fn uses_wire(&self) -> bool {
        match self.action {
            Action::Plain(_) | Action::Rich(_) => true,
            Action::Skip(_) => false,
        }
    }

    /// The member of the struct or the variant that it fills.
    pub(crate) fn member(&self) -> Option<&'m Member> {
        self.field.member()
    }

    /// The variable that holds the value when it is read, and when it is derived.
    pub(crate) fn local(&self) -> Ident {
        local(self.index, start(self.ty))
    }
}

/// The steps of a struct.
pub(crate) fn of_record(record: &Record) -> Plan<'_> {
    plan(&record.body, |index, field| {
        let span = start(&field.ty);
        let stored = match field.member() {
            Some(member) => {
                let member = adopted(member);
                quote_spanned!(span=> self.#member)
            }
            None => return determined(index, span),
        };
        let place = match record.packed {
            true => quote_spanned!(span=> { #stored }),
            false => stored,
        };
        (place.clone(), quote_spanned!(span=> &#place))
    })
}

/// The steps of a variant. Its fields are bound to [`binding`]s, counted from `first`.
pub(crate) fn of_variant(body: &Body, first: usize) -> Plan<'_> {
    plan(body, |index, field| {
        let span = start(&field.ty);
        let binding = binding(first + index, span);
        (quote_spanned!(span=> (*#binding)), binding.into_token_stream())
    })
}

/// What a field of a variant is bound to.
pub(crate) fn binding(index: usize, span: Span) -> Ident {
    format_ident!("__wire_{index}", span = span)
}

/// The variable of the value at this place of a body.
pub(crate) fn local(index: usize, span: Span) -> Ident {
    format_ident!("__wire_v{index}", span = span)
}

/// A value that something else than a member determines: the place and the reference.
fn determined(index: usize, span: Span) -> (TokenStream, TokenStream) {
    let local = local(index, span);
    (local.to_token_stream(), quote_spanned!(span=> &#local))
}

fn plan(body: &Body, stored: impl Fn(usize, &Field) -> (TokenStream, TokenStream)) -> Plan<'_> {
    let steps = body.fields.iter().enumerate().map(|(index, field)| {
        let (stored, reference) = stored(index, field);
        let (place, source) = match is_determined(field, index, &body.derivations) {
            true => determined(index, start(&field.ty)),
            false => (stored.clone(), reference),
        };
        let action = match &field.role {
            Role::Value(value) => match value.only_format() {
                Some(format) if field.member().is_some() => Action::Plain(format),
                Some(_) | None => Action::Rich(value),
            },
            Role::Skipped(elsewhere) => Action::Skip(elsewhere),
        };
        let Field { place: _, ty, name, role: _, recursive } = field;
        Step { index, field, ty, name, place, stored, source, action, recursive: *recursive }
    });
    let steps: Vec<Step<'_>> = steps.collect();
    let runs = runs(&steps);
    Plan { steps, derivations: &body.derivations, scope: &body.scope, runs }
}

/// The bit fields that stand directly after each other, cut wherever they fill whole bytes.
fn runs<'m>(steps: &[Step<'m>]) -> Vec<Run<'m>> {
    let mut runs: Vec<Run<'m>> = Vec::new();
    let mut is_open = false;
    for step in steps {
        let Some((width, order)) = bits_of(step) else {
            is_open &= !step.uses_wire();
            continue;
        };
        let index = step.index;
        match runs.last_mut() {
            Some(run) if is_open => {
                run.last = index;
                run.fields.push((index, width));
            }
            Some(_) | None => {
                let fields = vec![(index, width)];
                runs.push(Run { first: index, last: index, fields, order });
            }
        }
        let bits = runs.last().and_then(Run::bits);
        is_open = bits.is_none_or(|bits| bits % 8 != 0);
    }
    runs
}

fn bits_of<'m>(step: &Step<'m>) -> Option<(&'m BitWidth, BitOrder)> {
    match &step.action {
        Action::Rich(value) => match &value.codec {
            Codec::Bits(width, order) => Some((width, *order)),
            _ => None,
        },
        Action::Plain(_) | Action::Skip(_) => None,
    }
}
