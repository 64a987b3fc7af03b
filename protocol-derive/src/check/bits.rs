//! Rules of bit fields: what may be one, and that they fill whole bytes together.

use proc_macro2::Ident;
use quote::ToTokens;
use syn::Type;

use crate::errors::{Errors, catalogue};
use crate::syntax::{BitWidth, Body, Field, Item, Shape, Words, Written};

/// The most bits that fields take before they fill whole bytes.
const RUN_MAX: u32 = 128;

/// Applies the rules to the fields of a struct or a variant.
pub(super) fn rules(body: &Body, errors: &mut Errors) {
    for field in &body.fields {
        if let Some(bits) = &field.words.bits {
            type_has_the_bits(field, bits, errors);
            other_words_go_with_bits(field, errors);
        }
    }
    for run in runs(body) {
        run_fills_whole_bytes(&run, errors);
    }
}

/// An order of bits needs bits to order.
pub(super) fn order_has_fields(item: &Item, errors: &mut Errors) {
    let Some(order) = &item.words.bit_order else {
        return;
    };
    let bodies: Vec<&Body> = match &item.shape {
        Shape::Struct(body) => vec![body],
        Shape::Enum(variants) => variants.iter().map(|variant| &variant.body).collect(),
        Shape::Refused => return,
    };
    let mut fields = bodies.into_iter().flat_map(|body| &body.fields);
    if !fields.any(|field| field.words.bits.is_some()) {
        errors.report(&order.key, catalogue::BIT_ORDER_WITHOUT_BITS.to_owned());
    }
}

/// A value without so many bits can never fill them, and one without a fixed size has none. Of a
/// type that is not spelled out the compiler knows.
fn type_has_the_bits(field: &Field, bits: &Written<BitWidth>, errors: &mut Errors) {
    let ty = field.ty.to_token_stream();
    let width = match &bits.value {
        BitWidth::Number(width) => Some(*width),
        BitWidth::Constant(_) => None,
    };
    match (kind(&field.ty), width) {
        (Kind::Float, _) => errors.report(&bits.key, catalogue::float_bits(&ty)),
        (Kind::NoNumber, _) => errors.report(&bits.key, catalogue::no_bit_field(&ty)),
        (Kind::Number(most), Some(width)) if width > most => {
            errors.report(&bits.tokens, catalogue::more_bits_than(&ty, width, most));
        }
        (Kind::Number(_), Some(_) | None) | (Kind::Unknown, _) => {}
    }
}

/// What the spelling of a type says of its bits.
enum Kind {
    /// It has at most so many.
    Number(u32),
    Float,
    NoNumber,
    /// An alias may be anything: the compiler knows better.
    Unknown,
}

fn kind(ty: &Type) -> Kind {
    let path = match ty {
        Type::Path(path) if path.qself.is_none() => path,
        Type::Reference(_) | Type::Slice(_) | Type::Array(_) | Type::Tuple(_) => {
            return Kind::NoNumber;
        }
        _ => return Kind::Unknown,
    };
    let Some(last) = path.path.segments.last() else {
        return Kind::Unknown;
    };
    match last.ident.to_string().as_str() {
        "bool" => Kind::Number(1),
        "u8" | "i8" => Kind::Number(8),
        "u16" | "i16" => Kind::Number(16),
        "u32" | "i32" | "char" => Kind::Number(32),
        "u64" | "i64" => Kind::Number(64),
        "u128" | "i128" => Kind::Number(128),
        "f32" | "f64" => Kind::Float,
        "Vec" | "VecDeque" | "String" | "Bytes" | "Cow" | "BTreeMap" | "BTreeSet" | "Option"
        | "str" => Kind::NoNumber,
        _ => Kind::Unknown,
    }
}

/// What else says how a field is written has no effect on a few bits.
fn other_words_go_with_bits(field: &Field, errors: &mut Errors) {
    let words = &field.words;
    for (word, key) in words.formats().into_iter().chain(words.codec()).chain(others(words)) {
        errors.report(key, catalogue::no_effect(word, "bits"));
    }
}

fn others(words: &Words) -> Vec<(&'static str, &Ident)> {
    let given = [
        ("as", words.as_type.as_ref().map(|it| &it.key)),
        ("checksum", words.checksum.as_ref().map(|it| &it.key)),
        ("if", words.condition.as_ref().map(|it| &it.key)),
        ("optional_tail", words.optional_tail.as_ref().map(|it| &it.key)),
        ("pad_to", words.pad_to.as_ref().map(|it| &it.key)),
        ("removed", words.removed.as_ref().map(|it| &it.key)),
        ("since", words.since.as_ref().map(|it| &it.key)),
        ("skip", words.skip.as_ref().map(|it| &it.key)),
        ("tag", words.tag_of.as_ref().map(|it| &it.key)),
        ("until", words.until.as_ref().map(|it| &it.key)),
    ];
    given.into_iter().filter_map(|(word, key)| key.map(|key| (word, key))).collect()
}

/// The bit fields that stand directly after each other.
fn runs(body: &Body) -> Vec<Vec<&Field>> {
    let mut runs: Vec<Vec<&Field>> = Vec::new();
    let mut is_open = false;
    for field in body.on_the_wire() {
        let words = &field.words;
        if words.bits.is_none() {
            is_open = false;
            continue;
        }
        let begins = words.pad.is_some()
            || words.align.is_some()
            || words.before.is_some()
            || words.magic.is_some();
        match runs.last_mut() {
            Some(run) if is_open && !begins => run.push(field),
            Some(_) | None => runs.push(vec![field]),
        }
        is_open = words.after.is_none();
    }
    runs
}

/// What follows begins at a byte. Where a width is a constant, the compiler adds them up.
fn run_fills_whole_bytes(run: &[&Field], errors: &mut Errors) {
    let mut since_whole: Vec<&Field> = Vec::new();
    let mut bits = 0;
    for field in run {
        let Some(Written { value: BitWidth::Number(width), .. }) = &field.words.bits else {
            return;
        };
        since_whole.push(field);
        bits += width;
        if bits % 8 == 0 && bits <= RUN_MAX {
            since_whole.clear();
            bits = 0;
        }
    }
    let Some(first) = since_whole.first() else {
        return;
    };
    let members: Vec<_> = since_whole.iter().map(|field| &field.member).collect();
    let text = match bits % 8 {
        0 => catalogue::run_too_long(&members, bits, RUN_MAX),
        over => catalogue::run_not_whole(&members, bits, 8 - over),
    };
    match &first.member {
        syn::Member::Named(name) => errors.report(name, text),
        syn::Member::Unnamed(_) => errors.report(&first.ty, text),
    }
}
