//! The layout of a type as a Markdown table, for the page that rustdoc makes of it.
//!
//! One more walk over the plan. It knows types only by their spelling, so it states a size where the
//! spelling is that of a primitive type, and says which field an offset is counted from elsewhere.
//! It changes no byte: a type that is spelled `u16` and is another one has a wrong table.

mod meaning;
mod said;
mod spelling;

use proc_macro2::TokenStream;
use quote::quote_spanned;

use self::meaning::{Described, id_width, width_of};
use self::spelling::code;
pub(super) use self::spelling::text;
use super::head::context;
use crate::model::{Choice, Integer, Order, Outline, Protocol, Purpose, Record, Tag};
use crate::plan::{self, Action, Plan};
use crate::syntax::Range;

/// A table as an attribute of an impl.
pub(super) fn attribute(outline: &Outline, table: &str) -> TokenStream {
    let (_, span) = context(outline);
    quote_spanned!(span=> #[doc = #table])
}

/// The layout of a struct.
pub(super) fn of_record(outline: &Outline, record: &Record) -> String {
    let mut table = Table::new();
    number(outline, &mut table);
    table.steps(outline, &plan::of_record(record));
    table.finish(outline)
}

/// The layout of an enum: its tag, then the fields of each variant.
pub(super) fn of_choice(outline: &Outline, choice: &Choice) -> String {
    let mut table = Table::new();
    let known = choice.variants.iter().map(|variant| {
        let name = code(&variant.name.to_string());
        match &variant.tag {
            Tag::Number(number) => format!("{number} {name}"),
            Tag::Range(Range { first, last }, _) => format!("{first} to {last} {name}"),
            Tag::Constant(tokens) => format!("{} {name}", code(&text(tokens))),
            Tag::Computed => name,
        }
    });
    let unknown = choice.catch_all.iter();
    let unknown = unknown.map(|it| format!("any other {}", code(&it.name.to_string())));
    let variants: Vec<String> = known.chain(unknown).collect();
    table.integer(outline, "tag", choice.tag, &variants.join(", "));
    if let Some(len) = choice.len {
        table.integer(outline, "length", len, "of the fields in bytes");
    }
    let before = table.place.clone();
    // A field that holds the tag stands in the place 0 of its variant.
    let bodies =
        choice.variants.iter().map(|it| (usize::from(it.tag.holder().is_some()), &it.body));
    let unknown = choice.catch_all.iter().map(|it| (1, &it.body));
    for (first, body) in bodies.chain(unknown) {
        table.place = before.clone();
        table.steps(outline, &plan::of_variant(body, first));
    }
    table.finish(outline)
}

/// The layout of a protocol: a number, then the message that has it.
pub(super) fn of_protocol(outline: &Outline, protocol: &Protocol) -> String {
    let mut table = Table::new();
    number(outline, &mut table);
    let known = protocol.variants.iter().map(|it| text(&it.boxed.as_ref().unwrap_or(&it.ty)));
    let mut messages: Vec<String> = known.map(|name| code(&name)).collect();
    messages
        .extend(protocol.catch_all.iter().map(|it| format!("any other: {}", code(&text(&it.ty)))));
    let described = Described { size: Size::Unknown, meaning: messages.join(", ") };
    table.row(&described, "message", "one of");
    table.finish(outline)
}

/// The row of the number in front of a message.
fn number(outline: &Outline, table: &mut Table) {
    let (id, meaning) = match &outline.purpose {
        Purpose::Message { id, number } => {
            (id, format!("{} marks this message", code(&text(number))))
        }
        Purpose::Protocol { id } => (id, "the number of the message".to_owned()),
        Purpose::Part => return,
    };
    let (name, size) = id_width(id.width);
    let order = order_of(id.order);
    let meaning = if order.is_empty() { meaning } else { format!("{order}; {meaning}") };
    table.row(&Described { size, meaning }, "type", &code(name));
}

/// An order that differs from that of what is around.
fn order_of(order: Order) -> String {
    match order {
        Order::Inherited => "",
        Order::Big => "big-endian",
        Order::Little => "little-endian",
    }
    .to_owned()
}

/// How many bytes a value takes.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Size {
    Fixed(u64),
    /// In words of the reader, such as `2 + n`.
    Text(String),
    Unknown,
}

impl Size {
    fn text(&self) -> String {
        match self {
            Size::Fixed(size) => size.to_string(),
            Size::Text(text) => text.clone(),
            Size::Unknown => "…".to_owned(),
        }
    }
}

/// Where the next field begins.
#[derive(Clone)]
struct Place {
    /// The last field whose size is not known; offsets are counted from its end.
    after: Option<String>,
    /// How many bytes after that.
    offset: u64,
}

impl Place {
    fn text(&self) -> String {
        match (&self.after, self.offset) {
            (None, offset) => offset.to_string(),
            (Some(field), 0) => format!("after {}", code(field)),
            (Some(field), offset) => format!("{offset} after {}", code(field)),
        }
    }
}

/// A table that grows by rows.
struct Table {
    place: Place,
    rows: Vec<String>,
}

impl Table {
    fn new() -> Table {
        Table { place: Place { after: None, offset: 0 }, rows: Vec::new() }
    }

    fn steps(&mut self, outline: &Outline, plan: &Plan<'_>) {
        for step in &plan.steps {
            let (described, ty) = match &step.action {
                Action::Plain(format) => {
                    let described = meaning::of(step.ty, format, outline.order);
                    (described, code(&text(step.ty)))
                }
                Action::Rich(value) => said::of(step.ty, value, plan, outline.order),
                // Not on the wire.
                Action::Skip(_) => continue,
            };
            self.row(&described, step.name, &ty);
        }
    }

    /// A number in front of the fields of a variant.
    fn integer(&mut self, outline: &Outline, name: &str, integer: Integer, meaning: &str) {
        let Integer { width, order } = integer;
        let (ty, size) = width_of(width);
        let order = match order == outline.order {
            true => String::new(),
            false => order_of(order),
        };
        let parts = [order, meaning.to_owned()].into_iter().filter(|part| !part.is_empty());
        let meaning = parts.collect::<Vec<_>>().join("; ");
        let size = size.parse().map_or(Size::Text(size.to_owned()), Size::Fixed);
        self.row(&Described { size, meaning }, name, &code(ty));
    }

    fn row(&mut self, described: &Described, field: &str, ty: &str) {
        let Described { size, meaning } = described;
        let (offset, size_text, field_text) = (self.place.text(), size.text(), code(field));
        self.rows.push(format!("| {offset} | {size_text} | {field_text} | {ty} | {meaning} |"));
        self.place = match size {
            Size::Fixed(size) => Place {
                after: self.place.after.take(),
                offset: self.place.offset.saturating_add(*size),
            },
            Size::Text(_) | Size::Unknown => Place { after: Some(field.to_owned()), offset: 0 },
        };
    }

    /// The table with its head, and what holds for all rows.
    fn finish(self, outline: &Outline) -> String {
        if self.rows.is_empty() {
            return "No bytes on the wire.".to_owned();
        }
        let head = "| offset | size | field | type | meaning |\n|---|---|---|---|---|\n";
        let order = match (outline.order, &outline.purpose) {
            (Order::Big, _) => "Numbers are big-endian where nothing else is said.",
            (Order::Little, _) => "Numbers are little-endian where nothing else is said.",
            (Order::Inherited, Purpose::Part) => {
                "Numbers have the byte order of the message around them; big-endian if it has none."
            }
            (Order::Inherited, Purpose::Message { .. } | Purpose::Protocol { .. }) => {
                "Numbers are big-endian where nothing else is said."
            }
        };
        let trailing = match outline.ignores_trailing {
            true => " Bytes after the last field are passed over.",
            false => "",
        };
        format!("On the wire:\n\n{head}{}\n\n{order}{trailing}", self.rows.join("\n"))
    }
}

#[cfg(test)]
mod tests;
