//! Rules about the words that a type leaves room for, as far as its spelling says what it is.
//!
//! An alias may be anything: there the compiler knows better, and the runtime's traits refuse.

use proc_macro2::Ident;
use quote::ToTokens;
use syn::{GenericArgument, PathArguments, Type};

use crate::errors::{Errors, catalogue};
use crate::syntax::{Field, Words};

/// What the spelling of a type says.
enum Kind<'t> {
    /// A number of one byte, which has no order.
    Byte,
    Number,
    Text,
    Bytes,
    List(&'t Type),
    Map(&'t Type, &'t Type),
    Option(&'t Type),
    Array(&'t Type),
    Tuple,
    Unknown,
}

/// Applies the rules to a field, its items and its keys.
pub(super) fn rules(field: &Field, errors: &mut Errors) {
    let words = &field.words;
    let other_rules = words.skip.is_some()
        || words.with.is_some()
        || words.bits.is_some()
        || words.header_field.is_some();
    if other_rules {
        return;
    }
    let ty = words.as_type.as_ref().map_or(&field.ty, |it| &it.value);
    let who = catalogue::name(&field.member);
    let ty = present(words, ty, &who, errors);
    if let Some(range) = words.range.as_ref().filter(|_| !kind(ty).may_be_a_number()) {
        let ty = catalogue::type_text(&ty.to_token_stream());
        errors.report(&range.key, catalogue::no_range(&who, &ty));
    }
    words_fit(words, ty, &who, errors);
}

/// The type of a value that is there: of what may be absent the one inside.
fn present<'t>(words: &Words, ty: &'t Type, who: &str, errors: &mut Errors) -> &'t Type {
    let condition = words.condition.as_ref().map(|it| ("if", &it.key));
    let tail = words.optional_tail.as_ref().map(|it| ("optional_tail", &it.key));
    let Some((word, key)) = condition.or(tail) else {
        return ty;
    };
    match kind(ty) {
        Kind::Option(inner) => return inner,
        Kind::Unknown => {}
        _ => {
            let ty = catalogue::type_text(&ty.to_token_stream());
            errors.report(key, catalogue::never_absent(word, who, &ty));
        }
    }
    ty
}

/// A word that says nothing about such a type has no effect, so it was meant for another.
fn words_fit(words: &Words, ty: &Type, who: &str, errors: &mut Errors) {
    let kind = kind(ty);
    let orders = words.order_of.as_ref().map(|it| ("endian", &it.key));
    for (word, key) in words.formats().into_iter().chain(orders) {
        if !kind.takes(word) {
            report(words, word, key, &kind, ty, who, errors);
        }
    }
    let (item, entry_key) = match kind {
        Kind::List(item) | Kind::Option(item) | Kind::Array(item) => (Some(item), None),
        Kind::Map(key, value) => (Some(value), Some(key)),
        Kind::Byte | Kind::Number | Kind::Text | Kind::Bytes | Kind::Tuple | Kind::Unknown => {
            (None, None)
        }
    };
    if let (Some(words), Some(ty)) = (&words.item, item) {
        words_fit(&words.value, ty, "an item", errors);
    }
    if let (Some(words), Some(ty)) = (&words.key, entry_key) {
        words_fit(&words.value, ty, "a key", errors);
    }
}

fn report(
    words: &Words,
    word: &str,
    key: &Ident,
    kind: &Kind<'_>,
    ty: &Type,
    who: &str,
    errors: &mut Errors,
) {
    let ty = catalogue::type_text(&ty.to_token_stream());
    errors.report(
        key,
        match kind {
            Kind::Byte if word == "endian" => catalogue::no_order(who, &ty),
            Kind::Option(inner) if word != "key" && self::kind(inner).takes(word) => {
                catalogue::word_of_the_value(word, &written(words, word), who, &ty)
            }
            Kind::Text if word == "count" => catalogue::no_extent(word, who, &ty, "; write `len`"),
            Kind::List(_) | Kind::Option(_) | Kind::Array(_) if word == "key" => {
                catalogue::no_extent(word, who, &ty, "; write `item`")
            }
            Kind::Array(_) if matches!(word, "len" | "count") => {
                catalogue::no_extent(word, who, &ty, ", whose type says it; remove it")
            }
            _ => catalogue::no_extent(word, who, &ty, ""),
        },
    );
}

/// A word with its value, as it was written.
fn written(words: &Words, word: &str) -> String {
    let value = match word {
        "len" => words.len.as_ref().map(|it| &it.tokens),
        "count" => words.count.as_ref().map(|it| &it.tokens),
        "min" => words.min.as_ref().map(|it| &it.tokens),
        "max" => words.max.as_ref().map(|it| &it.tokens),
        "until" => words.until.as_ref().map(|it| &it.tokens),
        _ => None,
    };
    value.map_or_else(
        || word.to_owned(),
        |value| format!("{word} = {}", catalogue::type_text(value)),
    )
}

impl Kind<'_> {
    fn may_be_a_number(&self) -> bool {
        matches!(self, Kind::Byte | Kind::Number | Kind::Unknown)
    }

    /// Whether a word that chooses a format says something about such a type.
    fn takes(&self, word: &str) -> bool {
        match self {
            Kind::Byte => word == "pad_to",
            Kind::Number | Kind::Tuple => ["endian", "pad_to"].contains(&word),
            Kind::Text => !["count", "item", "key"].contains(&word),
            Kind::Bytes => !["item", "key"].contains(&word),
            Kind::List(_) => word != "key",
            Kind::Map(..) => word != "until",
            Kind::Option(_) | Kind::Array(_) => ["endian", "item", "pad_to"].contains(&word),
            Kind::Unknown => true,
        }
    }
}

fn kind(ty: &Type) -> Kind<'_> {
    let path = match ty {
        Type::Path(path) if path.qself.is_none() => &path.path,
        Type::Reference(reference) => return behind_a_reference(&reference.elem),
        Type::Array(array) => return Kind::Array(&array.elem),
        Type::Tuple(_) => return Kind::Tuple,
        _ => return Kind::Unknown,
    };
    let Some(last) = path.segments.last() else {
        return Kind::Unknown;
    };
    let name = last.ident.to_string();
    match (name.as_str(), arguments(&last.arguments).as_slice()) {
        ("u8" | "i8" | "bool", []) if path.get_ident().is_some() => Kind::Byte,
        (name, []) if path.get_ident().is_some() && NUMBERS.contains(&name) => Kind::Number,
        ("String", []) => Kind::Text,
        ("Vec" | "VecDeque" | "BTreeSet", [item]) => Kind::List(item),
        ("BTreeMap", [key, value]) => Kind::Map(key, value),
        ("Option", [inner]) => Kind::Option(inner),
        ("Box", [inner]) => match inner {
            Type::Slice(slice) => Kind::List(&slice.elem),
            Type::Path(path) if path.path.is_ident("str") => Kind::Text,
            inner => kind(inner),
        },
        ("Cow", [inner]) => behind_a_reference(inner),
        _ => Kind::Unknown,
    }
}

fn behind_a_reference(ty: &Type) -> Kind<'_> {
    match ty {
        Type::Path(path) if path.path.is_ident("str") => Kind::Text,
        Type::Slice(_) => Kind::Bytes,
        _ => Kind::Unknown,
    }
}

fn arguments(arguments: &PathArguments) -> Vec<&Type> {
    match arguments {
        PathArguments::AngleBracketed(arguments) => arguments
            .args
            .iter()
            .filter_map(|argument| match argument {
                GenericArgument::Type(ty) => Some(ty),
                _ => None,
            })
            .collect(),
        PathArguments::None | PathArguments::Parenthesized(_) => Vec::new(),
    }
}

const NUMBERS: &[&str] =
    &["char", "f32", "f64", "i16", "i32", "i64", "i128", "u16", "u32", "u64", "u128"];
