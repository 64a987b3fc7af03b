//! What words say of a field beyond its format: presence, constants, checksums, relations to others.

use syn::Type;

use super::Size;
use super::meaning::{self, Described, joined, width_of};
use super::spelling::{argument, code, number, text};
use crate::model::{
    BodyExtent, Codec, Expr, Extent, Order, Presence, Root, Source, Target, Unit, Value, Versions,
};
use crate::plan::Plan;
use crate::syntax::{BitWidth, Check, Op, Relation};

/// A field of which words said more, and its type.
pub(super) fn of(ty: &Type, value: &Value, plan: &Plan<'_>, around: Order) -> (Described, String) {
    let Value { codec, presence, source, range, check, secret } = value;
    // An `Option` whose presence is told elsewhere is its value on the wire.
    let on_wire = match presence {
        Presence::If(_) | Presence::Tail => argument(ty).unwrap_or(ty),
        Presence::Always | Presence::Versions(_) => ty,
    };
    let (Described { size, meaning }, shown) = codec_of(on_wire, codec, plan, around);
    let (size, presence) = present(size, presence, plan);
    let range = range.as_ref().map_or(String::new(), |range| format!("in {}", code(&text(range))));
    let check = check
        .as_ref()
        .map_or(String::new(), |Check { holds, text: _ }| format!("{} holds", code(&text(holds))));
    let secret = if *secret { "secret".to_owned() } else { String::new() };
    let meaning = joined([presence, source_of(source, plan), meaning, range, check, secret]);
    (Described { size, meaning }, shown)
}

fn codec_of(ty: &Type, codec: &Codec, plan: &Plan<'_>, around: Order) -> (Described, String) {
    let shown = code(&text(ty));
    match codec {
        Codec::Format(format) => (meaning::of(ty, format, around), shown),
        Codec::Told { format, units } => {
            let Described { size, meaning } = meaning::of(ty, format, around);
            let unit = match format.seq().map(|seq| &seq.unit) {
                Some(Unit::ByLen) => "bytes",
                Some(
                    Unit::ByCount | Unit::ByRest | Unit::Plain | Unit::Until(_) | Unit::PadTo(_),
                )
                | None => "elements",
            };
            let told = format!("{} {unit}", code(&relation(units, plan)));
            (Described { size, meaning: joined([told, meaning]) }, shown)
        }
        Codec::Tagged { tag, order: _, extent, word: _ } => {
            let told = format!("the variant of the tag {}", code(&relation(tag, plan)));
            let extent = match extent {
                BodyExtent::Own => String::new(),
                BodyExtent::Told(units) => format!("{} bytes", code(&relation(units, plan))),
                BodyExtent::Prefix(Extent::Prefix(width, _)) => {
                    format!("length in bytes (`{}`) in front", width_of(*width).0)
                }
                BodyExtent::Prefix(Extent::Exactly(len, _)) => {
                    format!("{} bytes", code(&text(len)))
                }
                BodyExtent::Prefix(Extent::Rest(_) | Extent::Elsewhere(_)) => String::new(),
            };
            (Described { size: Size::Unknown, meaning: joined([told, extent]) }, shown)
        }
        Codec::Bits(width, _) => {
            let bits = match width {
                BitWidth::Number(bits) => bits.to_string(),
                BitWidth::Constant(tokens) => code(&text(tokens)),
            };
            let plural = if bits == "1" { "" } else { "s" };
            (
                Described {
                    size: Size::Text(format!("{bits} bit{plural}")),
                    meaning: String::new(),
                },
                shown,
            )
        }
        Codec::With(module) => {
            let meaning = format!("written and read by {}", code(&text(module)));
            (Described { size: Size::Unknown, meaning }, shown)
        }
        Codec::Ordered { order, big, little: _ } => {
            // The order is what the relation tells, and not that of one of both.
            let Described { size, meaning } = meaning::of(ty, big, Order::Big);
            let told = format!("its order is {}", code(&expression(order, plan)));
            (Described { size, meaning: joined([told, meaning]) }, shown)
        }
        Codec::Zeros(count) => {
            let size = number(count).map_or(Size::Text(code(&text(count))), Size::Fixed);
            (Described { size, meaning: "zeros".to_owned() }, String::new())
        }
        Codec::Align(to) => {
            let meaning = format!("zeros up to a multiple of {}", code(&text(to)));
            (Described { size: Size::Unknown, meaning }, String::new())
        }
    }
}

/// The size and the condition of what may be absent.
fn present(size: Size, presence: &Presence, plan: &Plan<'_>) -> (Size, String) {
    let condition = match presence {
        Presence::Always => return (size, String::new()),
        Presence::If(condition) => format!("if {}", code(&expression(&condition.holds, plan))),
        Presence::Tail => "if bytes are left".to_owned(),
        Presence::Versions(Versions { since, removed, default: _ }) => {
            let since = since.as_ref().map(|it| format!("from version {} on", code(&text(it))));
            let removed = removed.as_ref().map(|it| format!("before version {}", code(&text(it))));
            [since, removed].into_iter().flatten().collect::<Vec<_>>().join(" and ")
        }
    };
    let size = match size {
        Size::Unknown => Size::Unknown,
        known @ (Size::Fixed(_) | Size::Text(_)) => Size::Text(format!("0 or {}", known.text())),
    };
    (size, condition)
}

fn source_of(source: &Source, plan: &Plan<'_>) -> String {
    match source {
        Source::Stored => String::new(),
        Source::Computed(value) => format!("always {}", code(&expression(value, plan))),
        Source::Checksum { function, first, last } => {
            let (first, last) = (name(*first, plan), name(*last, plan));
            format!("{} of `{first}` to `{last}`", code(&text(function)))
        }
        Source::Blank => "reserved".to_owned(),
    }
}

/// The name of the field at this place of the body.
fn name(index: usize, plan: &Plan<'_>) -> String {
    plan.steps.get(index).map_or(String::new(), |step| step.name.to_owned())
}

fn expression(expression: &Expr, plan: &Plan<'_>) -> String {
    match expression {
        Expr::Relation(it) => relation(it, plan),
        Expr::Rust(tokens, _) => text(tokens),
    }
}

/// A relation as it was written, but for parentheses that it does not need.
fn relation(of: &Relation<Target>, plan: &Plan<'_>) -> String {
    let inner = |of: &Relation<Target>| match of {
        Relation::Binary(..) => format!("({})", relation(of, plan)),
        Relation::Constant(_)
        | Relation::Value(_)
        | Relation::Len(_)
        | Relation::Count(_)
        | Relation::Negative(_)
        | Relation::Not(_) => relation(of, plan),
    };
    match of {
        Relation::Constant(tokens) => text(tokens),
        Relation::Value(target) => target_of(target, plan),
        Relation::Len(target) => format!("len({})", target_of(target, plan)),
        Relation::Count(target) => format!("count({})", target_of(target, plan)),
        Relation::Negative(of) => format!("-{}", inner(of)),
        Relation::Not(of) => format!("!{}", inner(of)),
        Relation::Binary(op, left, right) => {
            format!("{} {} {}", inner(left), symbol(*op), inner(right))
        }
    }
}

fn target_of(target: &Target, plan: &Plan<'_>) -> String {
    let Target { root, inner, at: _ } = target;
    let root = match root {
        Root::Field(index) => name(*index, plan),
        Root::Header => "header".to_owned(),
    };
    inner.iter().fold(root, |path, field| format!("{path}.{field}"))
}

fn symbol(op: Op) -> &'static str {
    match op {
        Op::Or => "||",
        Op::And => "&&",
        Op::Equal => "==",
        Op::Unequal => "!=",
        Op::Less => "<",
        Op::LessEqual => "<=",
        Op::Greater => ">",
        Op::GreaterEqual => ">=",
        Op::BitOr => "|",
        Op::BitXor => "^",
        Op::BitAnd => "&",
        Op::ShiftLeft => "<<",
        Op::ShiftRight => ">>",
        Op::Plus => "+",
        Op::Minus => "-",
        Op::Times => "*",
        Op::Divided => "/",
        Op::Remainder => "%",
    }
}
