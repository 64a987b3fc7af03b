//! Which fields are derived on writing, and how: relations are solved for the one field in them that
//! nothing else determines.
//!
//! Solved are sums, differences and products with what is known, exact quotients, one-bit masks and
//! flags. A relation that cannot be solved is written as the fields hold it, and verified.

use proc_macro2::{Span, TokenStream};

use super::body::{BodyExtent, Codec, Condition, Field, Place, Presence, Role, Source};
use super::expr::{Root, Target};
use crate::syntax::{Op, Relation, integer};

/// A field that is written as others make it.
pub(crate) struct Derivation {
    pub(crate) target: Target,
    pub(crate) cause: Cause,
}

pub(crate) enum Cause {
    /// The length or the count of the field `of`.
    Extent { of: usize, solved: Relation<Term>, absent: Absent },
    /// The tag of the enum in the field `of`.
    Tag { of: usize, solved: Relation<Term> },
    /// Whether the field `of` is there; or is not, if the flag says so.
    Present { of: usize, is_set: bool },
    /// The same as one bit of the number.
    Bit { of: usize, mask: Relation<Target>, is_set: bool },
}

impl Cause {
    /// The field that says so.
    pub(crate) fn of(&self) -> usize {
        match self {
            Cause::Extent { of, .. }
            | Cause::Tag { of, .. }
            | Cause::Present { of, .. }
            | Cause::Bit { of, .. } => *of,
        }
    }
}

impl Derivation {
    /// Whether it says all of the field at this place, so that nobody looks at what is stored.
    pub(crate) fn replaces(&self, index: usize) -> bool {
        let whole = match &self.cause {
            Cause::Extent { absent, .. } => !matches!(absent, Absent::Stored),
            Cause::Tag { .. } | Cause::Present { .. } => true,
            Cause::Bit { .. } => false,
        };
        whole && self.target.root == Root::Field(index) && self.target.inner.is_empty()
    }
}

/// What is written for the length of a field that is not there.
pub(crate) enum Absent {
    /// It is always there.
    Never,
    Number(Relation<Target>),
    /// What the struct holds.
    Stored,
}

/// What a solved relation is made of.
#[derive(Clone)]
pub(crate) enum Term {
    Field(Target),
    /// What the relation was equal to: the length, the count, or the tag.
    Known,
}

/// A relation that may say what a field is.
struct Question<'f> {
    of: usize,
    relation: &'f Relation<Target>,
    is_tag: bool,
}

/// All derivations of a body, in an order in which each needs only those before it.
pub(super) fn derivations(fields: &[Field]) -> Vec<Derivation> {
    let mut questions = questions(fields);
    // What is always there says more of an earlier field than what may be absent.
    questions.sort_by_key(|question| {
        !matches!(fields.get(question.of).and_then(presence), Some(Presence::Always))
    });
    let mut derivations: Vec<Derivation> = Vec::new();
    // Each round solves at least one, or ends the search.
    loop {
        let answered =
            questions.iter().position(|question| match answer(question, fields, &derivations) {
                Some(derivation) => {
                    derivations.push(derivation);
                    true
                }
                None => false,
            });
        match answered {
            Some(position) => drop(questions.remove(position)),
            None => break,
        }
    }
    for (of, field) in fields.iter().enumerate() {
        if let Some(Presence::If(Condition { relation: Some(relation), .. })) = presence(field) {
            derivations.extend(flag(relation, of, fields, &derivations));
        }
    }
    derivations
}

fn questions(fields: &[Field]) -> Vec<Question<'_>> {
    let mut questions = Vec::new();
    for (of, field) in fields.iter().enumerate() {
        let Role::Value(value) = &field.role else { continue };
        match &value.codec {
            Codec::Told { units, .. } => {
                questions.push(Question { of, relation: units, is_tag: false });
            }
            Codec::Tagged { tag, extent, .. } => {
                questions.push(Question { of, relation: tag, is_tag: true });
                if let BodyExtent::Told(units) = extent {
                    questions.push(Question { of, relation: units, is_tag: false });
                }
            }
            Codec::Format(_)
            | Codec::Ordered { .. }
            | Codec::With(_)
            | Codec::Zeros(_)
            | Codec::Align(_)
            | Codec::Bits(..) => {}
        }
    }
    questions
}

fn answer(question: &Question<'_>, fields: &[Field], known: &[Derivation]) -> Option<Derivation> {
    let target = only_open(question.relation, fields, known)?;
    let solved = solve(question.relation, &target, Relation::Value(Term::Known))?;
    let of = question.of;
    let absent = match fields.get(of).and_then(presence) {
        Some(Presence::If(condition)) => {
            absent_value(condition, &target).map_or(Absent::Stored, Absent::Number)
        }
        Some(Presence::Tail | Presence::Versions(_)) => Absent::Stored,
        Some(Presence::Always) | None => Absent::Never,
    };
    let cause = match question.is_tag {
        true => Cause::Tag { of, solved },
        false => Cause::Extent { of, solved, absent },
    };
    Some(Derivation { target, cause })
}

fn presence(field: &Field) -> Option<&Presence> {
    match &field.role {
        Role::Value(value) => Some(&value.presence),
        Role::Skipped(_) => None,
    }
}

/// The one target of a relation that nothing determines yet, if it stands there once.
fn only_open(
    relation: &Relation<Target>,
    fields: &[Field],
    known: &[Derivation],
) -> Option<Target> {
    let names = relation.names();
    let mut open = names.into_iter().filter(|target| is_open(target, fields, known));
    match (open.next(), open.next()) {
        (Some(target), None) => Some(target.clone()),
        _ => None,
    }
}

/// Whether a target is neither computed nor derived.
fn is_open(target: &Target, fields: &[Field], known: &[Derivation]) -> bool {
    let is_stored = match target.root {
        Root::Header => true,
        Root::Field(index) => fields.get(index).is_some_and(|field| match &field.role {
            Role::Value(value) => matches!(value.source, Source::Stored),
            Role::Skipped(_) => false,
        }),
    };
    let is_derived = known.iter().any(|derivation| derivation.target == *target);
    is_stored && !is_derived
}

/// The relation with one unknown, solved for that: what it counts by what it holds.
pub(super) fn turned<N>(relation: &Relation<N>) -> Relation<Term> {
    let unknown = Target { root: Root::Header, inner: Vec::new(), at: Span::call_site() };
    let relation = relation.map(&|_| unknown.clone());
    // What cannot be turned was refused.
    solve(&relation, &unknown, Relation::Value(Term::Known)).unwrap_or(Relation::Value(Term::Known))
}

/// The relation `relation == value`, solved for `target`.
fn solve(
    relation: &Relation<Target>,
    target: &Target,
    value: Relation<Term>,
) -> Option<Relation<Term>> {
    let term = |relation: &Relation<Target>| relation.map(&|target| Term::Field(target.clone()));
    let binary = |op, left, right| Relation::Binary(op, Box::new(left), Box::new(right));
    let holds = |side: &Relation<Target>| side.names().into_iter().any(|name| name == target);
    match relation {
        Relation::Value(name) if name == target => Some(value),
        Relation::Negative(inner) => solve(inner, target, Relation::Negative(Box::new(value))),
        Relation::Binary(op, left, right) => match (op, holds(left)) {
            (Op::Plus, true) => solve(left, target, binary(Op::Minus, value, term(right))),
            (Op::Plus, false) => solve(right, target, binary(Op::Minus, value, term(left))),
            (Op::Minus, true) => solve(left, target, binary(Op::Plus, value, term(right))),
            (Op::Minus, false) => solve(right, target, binary(Op::Minus, term(left), value)),
            (Op::Times, true) => solve(left, target, binary(Op::Divided, value, term(right))),
            (Op::Times, false) => solve(right, target, binary(Op::Divided, value, term(left))),
            (Op::Divided, true) => solve(left, target, binary(Op::Times, value, term(right))),
            (_, _) => None,
        },
        Relation::Constant(_)
        | Relation::Value(_)
        | Relation::Len(_)
        | Relation::Count(_)
        | Relation::Not(_) => None,
    }
}

/// The number that a target has where `target != number` does not hold.
fn absent_value(condition: &Condition, target: &Target) -> Option<Relation<Target>> {
    let Some(Relation::Binary(Op::Unequal, left, right)) = &condition.relation else {
        return None;
    };
    match (&**left, right.names().is_empty()) {
        (Relation::Value(name), true) if name == target => Some((**right).clone()),
        _ => None,
    }
}

/// The flag that says whether the field `of` is there.
fn flag(
    condition: &Relation<Target>,
    of: usize,
    fields: &[Field],
    known: &[Derivation],
) -> Option<Derivation> {
    match condition {
        Relation::Not(inner) => {
            let Derivation { target, cause } = flag(inner, of, fields, known)?;
            let cause = match cause {
                Cause::Present { of, is_set } => Cause::Present { of, is_set: !is_set },
                Cause::Bit { of, mask, is_set } => Cause::Bit { of, mask, is_set: !is_set },
                Cause::Extent { .. } | Cause::Tag { .. } => return None,
            };
            Some(Derivation { target, cause })
        }
        // A name alone is a field that is `true` or `false`.
        Relation::Value(target) => is_open(target, fields, known).then(|| Derivation {
            target: target.clone(),
            cause: Cause::Present { of, is_set: true },
        }),
        relation => {
            let Bit { target, mask, is_set } = bit(relation)?;
            let of_target = known.iter().filter(|it| it.target == *target);
            let only_bits = of_target.into_iter().all(|it| matches!(it.cause, Cause::Bit { .. }));
            (only_bits && is_open(target, fields, &[])).then(|| Derivation {
                target: target.clone(),
                cause: Cause::Bit { of, mask, is_set },
            })
        }
    }
}

/// A condition that one bit of a number tells.
struct Bit<'r> {
    target: &'r Target,
    mask: Relation<Target>,
    is_set: bool,
}

/// `flags & MASK != 0`, `flags & MASK == MASK`, `flags >> 3 & 1 == 1`, and their contraries. Whether the
/// mask is one bit, who packs finds out.
fn bit(relation: &Relation<Target>) -> Option<Bit<'_>> {
    let Relation::Binary(op, left, right) = relation else { return None };
    let Relation::Binary(Op::BitAnd, number, mask) = &**left else { return None };
    let Relation::Constant(compared) = &**right else { return None };
    let is_set = match (op, integer(compared) == Some(0)) {
        (Op::Unequal, true) => true,
        (Op::Equal, true) => false,
        (Op::Equal, false) if is_constant(mask, compared) => true,
        (Op::Unequal, false) if is_constant(mask, compared) => false,
        _ => return None,
    };
    let (target, mask) = match &**number {
        Relation::Value(target) => (target, (**mask).clone()),
        Relation::Binary(Op::ShiftRight, number, by) if by.names().is_empty() => match &**number {
            Relation::Value(target) => {
                (target, Relation::Binary(Op::ShiftLeft, mask.clone(), by.clone()))
            }
            _ => return None,
        },
        _ => return None,
    };
    mask.names().is_empty().then_some(Bit { target, mask, is_set })
}

/// Whether a mask is written as this constant.
fn is_constant(mask: &Relation<Target>, constant: &TokenStream) -> bool {
    let Relation::Constant(mask) = mask else { return false };
    let same_number = integer(mask).is_some() && integer(mask) == integer(constant);
    same_number || mask.to_string() == constant.to_string()
}

/// Whether something else than the member says what is written.
pub(crate) fn is_determined(field: &Field, index: usize, derivations: &[Derivation]) -> bool {
    let is_computed = match &field.role {
        Role::Value(value) => !matches!(value.source, Source::Stored),
        Role::Skipped(_) => false,
    };
    let is_derived = derivations.iter().any(|it| it.target.root == Root::Field(index));
    is_computed || is_derived || !matches!(field.place, Place::Member(_))
}
