//! What a format says of a value: how many bytes, and what stands in them.

use syn::Type;

use super::Size;
use super::spelling::{argument, bare, code, name, number, size, text};
use crate::model::{Extent, Format, Limits, Order, Seq, Unit};
use crate::syntax::{IdWidth, Width};

/// A value as a row of the table.
pub(super) struct Described {
    pub(super) size: Size,
    pub(super) meaning: String,
}

/// What types are that have a length or a count, by their spelling.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    Bytes,
    List,
    Map,
    Optional,
    Other,
}

/// A value of this type in this format, among others in the order `around`.
pub(super) fn of(ty: &Type, format: &Format, around: Order) -> Described {
    match format {
        Format::Own(order) => {
            let Described { size, meaning } = own(ty);
            let is_said = *order == around || size == Size::Fixed(1);
            let order = if is_said { String::new() } else { super::order_of(*order) };
            Described { size, meaning: joined([order, meaning]) }
        }
        Format::Seq(seq) => seq_of(ty, seq, around),
        Format::As(other, format) => {
            let Described { size, meaning } = of(other, format, around);
            Described { size, meaning: joined([format!("as {}", code(&text(other))), meaning]) }
        }
    }
}

/// A value in the layout of its type.
fn own(ty: &Type) -> Described {
    if let Some(size) = size(ty) {
        let meaning = match name(ty).map(|name| name.ident.to_string()).as_deref() {
            Some("bool") => "0 or 1",
            Some("char") => "a Unicode scalar value",
            _ => "",
        };
        return Described { size: Size::Fixed(size), meaning: meaning.to_owned() };
    }
    match kind(ty) {
        Kind::Optional => optional(ty),
        Kind::Other => {
            let is_part = matches!(bare(ty), Type::Path(_));
            let meaning = if is_part { "as the type says" } else { "" };
            Described { size: Size::Unknown, meaning: meaning.to_owned() }
        }
        Kind::Text | Kind::Bytes | Kind::List | Kind::Map => {
            prefixed(ty, &Unit::Plain, Width::U32, "")
        }
    }
}

fn optional(ty: &Type) -> Described {
    let size = match argument(ty).and_then(size) {
        Some(size) => Size::Text(format!("1 or {}", size.saturating_add(1))),
        None => Size::Text("1 or more".to_owned()),
    };
    Described { size, meaning: "0, or 1 and the value".to_owned() }
}

fn seq_of(ty: &Type, seq: &Seq, around: Order) -> Described {
    let Seq { word: _, unit, extent, limits, item, key, inner_words: _ } = seq;
    let plain = match (unit, kind(ty)) {
        (Unit::Plain, Kind::Optional | Kind::Other) => Some(own(ty)),
        _ => None,
    };
    let Described { size, meaning } = match (plain, extent) {
        (Some(plain), _) => plain,
        (None, Extent::Prefix(width, order)) => {
            let order = match order {
                Order::Inherited => "",
                same if *same == around => "",
                Order::Big => ", big-endian",
                Order::Little => ", little-endian",
            };
            prefixed(ty, unit, *width, order)
        }
        (None, Extent::Exactly(count, _)) => exactly(ty, unit, &text(count), number(count)),
        (None, Extent::Rest(_)) => {
            Described { size: Size::Unknown, meaning: "all that is left".to_owned() }
        }
        (None, Extent::Elsewhere(_)) => elsewhere(ty, unit),
    };
    let limits = limits.as_ref().map_or(String::new(), limited);
    let meaning = joined([meaning, limits, inner("key", key), inner("element", item)]);
    Described { size, meaning }
}

/// What has a length or a count of this width in front, whose order is said so.
fn prefixed(ty: &Type, unit: &Unit, width: Width, order: &str) -> Described {
    let (prefix, least) = width_of(width);
    let kind = kind(ty);
    let counts_bytes = match unit {
        Unit::ByLen => true,
        Unit::ByCount | Unit::ByRest | Unit::Until(_) | Unit::PadTo(_) => false,
        Unit::Plain => kind == Kind::Text || kind == Kind::Bytes,
    };
    let (counted, rest) = match (counts_bytes, kind) {
        (true, Kind::Text) => ("length in bytes", "the text in UTF-8"),
        (true, Kind::Bytes) => ("length", "the bytes"),
        (true, Kind::List | Kind::Map | Kind::Optional | Kind::Other) => {
            ("length in bytes", "the value")
        }
        (false, Kind::Map) => ("count", "the entries in ascending order of their keys"),
        (false, _) => ("count", "the elements"),
    };
    let meaning = format!("{counted} (`{prefix}`{order}), then {rest}");
    let run = match (counts_bytes, item_size(ty)) {
        (true, _) => "n".to_owned(),
        (false, Some(1)) => "n".to_owned(),
        (false, Some(size)) => format!("n × {size}"),
        (false, None) => "…".to_owned(),
    };
    Described { size: Size::Text(format!("{least} + {run}")), meaning }
}

fn exactly(ty: &Type, unit: &Unit, count: &str, number: Option<u64>) -> Described {
    let counts_bytes = match unit {
        Unit::ByLen => true,
        Unit::ByCount | Unit::ByRest | Unit::Plain | Unit::Until(_) | Unit::PadTo(_) => false,
    };
    let each = if counts_bytes { Some(1) } else { item_size(ty) };
    let size = match (number, each) {
        (Some(number), Some(each)) => Size::Fixed(number.saturating_mul(each)),
        (None, Some(1)) => Size::Text(code(count)),
        (None, Some(each)) => Size::Text(format!("{} × {each}", code(count))),
        (_, None) => Size::Unknown,
    };
    let meaning = match counts_bytes {
        true => String::new(),
        false => format!("{} elements", code(count)),
    };
    Described { size, meaning }
}

/// What has its length or its count in another field.
fn elsewhere(ty: &Type, unit: &Unit) -> Described {
    let ended = match unit {
        Unit::Until(end) => format!("up to the byte {}", code(&text(end))),
        Unit::PadTo(_) => "then zeros".to_owned(),
        Unit::ByLen | Unit::ByCount | Unit::ByRest | Unit::Plain => String::new(),
    };
    let size = match (unit, item_size(ty)) {
        (Unit::Until(_), _) => Size::Text("n + 1".to_owned()),
        (Unit::PadTo(width), _) => {
            number(width).map_or(Size::Text(code(&text(width))), Size::Fixed)
        }
        (Unit::ByLen, _) | (_, Some(1)) => Size::Text("n".to_owned()),
        (Unit::ByCount | Unit::ByRest | Unit::Plain, Some(size)) => {
            Size::Text(format!("n × {size}"))
        }
        (Unit::ByCount | Unit::ByRest | Unit::Plain, None) => Size::Unknown,
    };
    Described { size, meaning: ended }
}

/// The size of an element whose format is its own, or may be: then its type says it.
pub(super) fn item_size(ty: &Type) -> Option<u64> {
    match kind(ty) {
        Kind::List => argument(ty).and_then(size),
        Kind::Bytes => Some(1),
        Kind::Text | Kind::Map | Kind::Optional | Kind::Other => None,
    }
}

fn limited(limits: &Limits) -> String {
    let Limits { min, max } = limits;
    match (min, max) {
        (Some(min), Some(max)) => format!("{} to {}", code(&text(min)), code(&text(max))),
        (Some(min), None) => format!("at least {}", code(&text(min))),
        (None, Some(max)) => format!("at most {}", code(&text(max))),
        (None, None) => String::new(),
    }
}

/// The format of elements or keys, where words chose it.
fn inner(what: &str, format: &Format) -> String {
    let seq = match format {
        Format::Own(_) => return String::new(),
        Format::Seq(seq) => seq,
        Format::As(other, format) => {
            return joined([format!("each {what} as {}", code(&text(other))), inner(what, format)]);
        }
    };
    let Seq { word: _, unit, extent, limits, item, key, inner_words: _ } = seq.as_ref();
    let counted = match unit {
        Unit::ByLen => "length in bytes",
        Unit::ByCount => "count",
        Unit::ByRest | Unit::Plain | Unit::Until(_) | Unit::PadTo(_) => "length or count",
    };
    let own = match extent {
        Extent::Prefix(width, _) => {
            format!("each {what} with its {counted} (`{}`)", width_of(*width).0)
        }
        Extent::Exactly(count, _) => format!("each {what} of exactly {}", code(&text(count))),
        Extent::Rest(_) => format!("the {what} takes all that is left"),
        Extent::Elsewhere(_) => match unit {
            Unit::Until(end) => format!("each {what} up to the byte {}", code(&text(end))),
            Unit::PadTo(width) => {
                format!("each {what} filled with zeros to {}", code(&text(width)))
            }
            Unit::ByLen | Unit::ByCount | Unit::ByRest | Unit::Plain => String::new(),
        },
    };
    let limits = limits.as_ref().map_or(String::new(), limited);
    joined([own, limits, inner("key", key), inner("element", item)])
}

fn kind(ty: &Type) -> Kind {
    match bare(ty) {
        Type::Reference(reference) => match bare(&reference.elem) {
            Type::Slice(_) => Kind::Bytes,
            other => kind(other),
        },
        Type::Slice(slice) if size(&slice.elem) == Some(1) => Kind::Bytes,
        Type::Slice(_) => Kind::List,
        Type::Path(_) => kind_of_name(ty),
        _ => Kind::Other,
    }
}

fn kind_of_name(ty: &Type) -> Kind {
    let is_u8 = |ty: &Type| name(ty).is_some_and(|name| name.ident == "u8");
    match name(ty).map(|name| name.ident.to_string()).as_deref() {
        Some("String" | "str") => Kind::Text,
        Some("Bytes") => Kind::Bytes,
        Some("Vec") if argument(ty).is_some_and(is_u8) => Kind::Bytes,
        Some("Vec" | "VecDeque" | "BTreeSet") => Kind::List,
        Some("BTreeMap") => Kind::Map,
        Some("Option") => Kind::Optional,
        Some("Box" | "Cow") => argument(ty).map_or(Kind::Other, kind),
        _ => Kind::Other,
    }
}

pub(super) fn joined<const N: usize>(parts: [String; N]) -> String {
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join("; ")
}

/// The name of a width, and how many bytes it takes.
pub(super) fn width_of(width: Width) -> (&'static str, &'static str) {
    match width {
        Width::U8 => ("u8", "1"),
        Width::U16 => ("u16", "2"),
        Width::U24 => ("u24", "3"),
        Width::U32 => ("u32", "4"),
        Width::U48 => ("u48", "6"),
        Width::U64 => ("u64", "8"),
        Width::Varint => ("varint", "1 to 10"),
    }
}

pub(super) fn id_width(width: IdWidth) -> (&'static str, Size) {
    match width {
        IdWidth::U8 => ("u8", Size::Fixed(1)),
        IdWidth::U16 => ("u16", Size::Fixed(2)),
        IdWidth::U32 => ("u32", Size::Fixed(4)),
        IdWidth::Varint => ("varint", Size::Text("1 to 10".to_owned())),
    }
}
