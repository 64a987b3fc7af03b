//! Every message that the derives can give, by name.
//!
//! Lower case, no full stop: first the fact with the user's names and numbers, then, after a
//! semicolon, what to write. Each has a case in `tests/ui`.

use std::fmt::Display;

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::{Ident, Lit, Member, Variant};

// The number of a message.

pub(crate) const NUMBER_BARE: &str = "expected a number: `#[msg_type = 3]`";
pub(crate) const NUMBER_SEVERAL: &str =
    "a message has one number; give each number its own struct, or write `#[msg_type = 3]`";
pub(crate) const NUMBER_NEGATIVE: &str = "message types are not negative";
pub(crate) const NUMBER_TOO_LARGE: &str = "this number is larger than any id type";
pub(crate) const NUMBER_ON_PART: &str =
    "a part has no message type; derive `Message` in place of `Wire`";
pub(crate) const NUMBER_ON_PROTOCOL: &str =
    "a protocol has no message type; each of its messages has one";

pub(crate) fn number_missing(name: &Ident) -> String {
    format!("`{name}` has no message type; add `#[msg_type = N]` below the derive")
}

pub(crate) fn number_twice(first: &TokenStream) -> String {
    format!("`msg_type` is already set to {first}; remove one of the two")
}

pub(crate) fn number_without_parentheses(constant: &TokenStream) -> String {
    format!("a constant goes in parentheses: `#[msg_type({constant})]`")
}

pub(crate) fn number_too_wide(number: u128, bytes: u8, most: u64, wider: Option<&str>) -> String {
    let cure = wider.map_or("use a smaller number".to_owned(), |wider| {
        format!("use a smaller number or `#[wire(id = {wider})]`")
    });
    format!("message type {number} does not fit the {bytes}-byte id (0..={most}); {cure}")
}

pub(crate) fn number_is_string(text: &str) -> String {
    match syn::parse_str::<Ident>(text) {
        Ok(constant) => format!(
            "expected a number, found a string; `{constant}` the constant is written \
             `#[msg_type({constant})]`"
        ),
        Err(_) => "expected a number, found a string".to_owned(),
    }
}

pub(crate) fn number_is_char(char: char) -> String {
    if char.is_ascii() {
        format!("expected a number, found a char; the byte is written `b{char:?}`")
    } else {
        "expected a number, found a char".to_owned()
    }
}

pub(crate) fn number_is_other(lit: &Lit) -> String {
    format!("expected a number, found `{}`", lit.to_token_stream())
}

pub(crate) fn number_on_field(member: &Member) -> String {
    format!("`msg_type` belongs on the struct, not on {}", field(member))
}

pub(crate) fn number_on_variant(variant: &Variant) -> String {
    let message = match variant.fields.iter().next() {
        Some(field) => format!("the message `{}`", field.ty.to_token_stream()),
        None => "the message".to_owned(),
    };
    format!("a variant carries no number; it stands on {message}")
}

pub(crate) fn number_on_part_variant(variant: &Variant) -> String {
    format!("a variant has a tag and no message type; write `{} = N`", variant.ident)
}

// Attributes in general.

pub(crate) const WIRE_WITHOUT_LIST: &str = "expected `#[wire(...)]`";
pub(crate) const NOT_A_WORD: &str = "expected a word such as `rest` or `len = u16`";
pub(crate) const NEGATIVE_SIZE: &str = "a size is not negative";
pub(crate) const DEPTH: &str = "expected a number of levels from 1 to 4294967295";
pub(crate) const NAME: &str = "expected a text in quotes: `name = \"type\"`";
pub(crate) const PATH: &str = "expected a path without quotes: `with = module`";
pub(crate) const CRATE_PATH: &str = "expected a path without quotes: `crate = ::path::to::it`";
pub(crate) const TYPE: &str = "expected a type without quotes: `as = U24`";
pub(crate) const ON_WIRE: &str =
    "expected a name, a type and perhaps a value: `before(n: u16 = count(items))`";
pub(crate) const CHECK: &str =
    "expected a condition and a text: `check(low <= high, \"low is above high\")`";
pub(crate) const CHECKSUM: &str =
    "expected a function over the fields from one to another: `checksum = crc32(kind..=body)`";
pub(crate) const RANGE: &str = "expected numbers and ranges: `reserved(0, 200..=255)`";
pub(crate) const TAG_RANGE: &str = "a range of tags is written `tag = 3..=7`";
pub(crate) const TAG_NUMBER: &str = "a tag is a number from 0 to 18446744073709551615";

pub(crate) fn magic(number: Option<i128>) -> String {
    match number {
        Some(number) => format!(
            "a number has no width of its own; write the bytes, `magic = b\"...\"`, or give a \
             width, `magic = {number} as u16`"
        ),
        None => "expected bytes such as `b\"AA\"`, or a number with its type: `0x1234 as u16`"
            .to_owned(),
    }
}

pub(crate) fn not_supported_yet(word: &str) -> String {
    format!("`{word}` is not supported yet")
}

pub(crate) fn wrong_place(word: &str, goes: &str, here: &str) -> String {
    format!("`{word}` goes {goes}, not on {here}")
}

pub(crate) fn foreign_word(word: &str, cure: &str) -> String {
    format!("no attribute `{word}`; {cure}")
}

pub(crate) fn unknown_word_near(word: &str, near: &str) -> String {
    format!("no attribute `{word}`; did you mean `{near}`?")
}

pub(crate) fn unknown_word(word: &str, here: &str, words: &[&str]) -> String {
    /// Of many words the most common are named.
    const COMMON: &[&str] = &[
        "len", "count", "rest", "item", "max", "endian", "bits", "if", "value", "checksum", "with",
        "skip",
    ];
    match words {
        [] => format!("no attribute `{word}`; {here} takes none"),
        words if words.len() > COMMON.len() => {
            let common: Vec<&str> =
                COMMON.iter().copied().filter(|common| words.contains(common)).collect();
            format!("no attribute `{word}`; on {here} go {} and others", list(&common))
        }
        words => format!("no attribute `{word}`; on {here} go {}", list(words)),
    }
}

pub(crate) fn given_twice(word: &str) -> String {
    format!("`{word}` is given twice; remove one of the two")
}

pub(crate) fn written_as(word: &str, usage: &str) -> String {
    format!("`{word}` is written `{usage}`")
}

pub(crate) fn written_bare(word: &str) -> String {
    format!("`{word}` stands alone: write `{word}` and a comma before the next word")
}

pub(crate) fn expected(words: &[&str], found: &str) -> String {
    let (last, others) = match words {
        [others @ .., last] => (*last, others),
        [] => return format!("unexpected {found}"),
    };
    match others {
        [] => format!("expected `{last}`, found {found}"),
        others => format!("expected {} or `{last}`, found {found}", list(others)),
    }
}

pub(crate) fn expected_without_quotes(kind: &str, found: &str) -> String {
    let quotes = if found.starts_with("the string") { " without quotes" } else { "" };
    format!("expected {kind}{quotes}, found {found}")
}

pub(crate) fn id_is_a_type(number: i128) -> String {
    format!(
        "`id` is the width of the number, such as `u16`; the number is `#[msg_type = {number}]`"
    )
}

pub(crate) fn not_a_width(found: &TokenStream) -> String {
    format!("a prefix cannot be `{found}`; use `u8`, `u16`, `u24`, `u32`, `u48`, `u64` or `varint`")
}

pub(crate) fn bound(error: &syn::Error) -> String {
    format!("expected bounds such as `bound(T: Clone)`: {error}")
}

pub(crate) fn empty_range(first: u64, last: u64) -> String {
    format!("the range {first}..={last} is empty; the smaller number comes first")
}

// The shape of the type.

pub(crate) const UNION: &str = "a union has no wire layout; use an enum with `#[wire(tag = u8)]`";
pub(crate) const PROTOCOL_ON_STRUCT: &str =
    "`Protocol` is derived on an enum whose variants are messages";
pub(crate) const RESERVED_NAME: &str =
    "names beginning with `__wire_` are reserved for the derives; use another name";

pub(crate) fn message_on_enum(name: &Ident) -> String {
    format!(
        "`{name}` is an enum and a message is a struct; derive `Protocol` for an enum of \
         messages, or `Wire` for a part"
    )
}

pub(crate) fn unsized_field(ty: &dyn Display, cure: &str) -> String {
    format!("`{ty}` has no size; use {cure}")
}

// Lengths and order.

pub(crate) fn rest_not_last(member: &Member, next: &Member) -> String {
    format!(
        "{} takes all remaining bytes, so {} can never be read; move {} to the end",
        name(member),
        name(next),
        name(member),
    )
}

pub(crate) fn length_from_field(word: &str, found: &str) -> String {
    format!(
        "`{word}` of an item cannot name the field `{found}` beside the list; write a prefix, \
         `{word} = u16`, or make the item a struct"
    )
}

pub(crate) fn no_such_field(found: &str, container: &Ident, near: Option<&str>) -> String {
    let cure = near.map_or(String::new(), |near| format!("; did you mean `{near}`?"));
    let is_width = found.strip_prefix('u').is_some_and(|bits| bits.parse::<u8>().is_ok());
    if is_width {
        format!("no width `{found}`{cure}")
    } else {
        format!("no field `{found}` in `{container}`{cure}")
    }
}

pub(crate) fn tag_of_is_type(found: &Ident) -> String {
    format!(
        "`tag = {found}` goes on an enum with `derive(Wire)`; on a field `tag` names the earlier field \
         that holds the tag, `tag = kind`"
    )
}

pub(crate) fn own_length(word: &str, member: &Member) -> String {
    format!("`{word}` of {} cannot name the field itself; name an earlier one", name(member))
}

pub(crate) fn read_later(found: &Ident, member: &Member) -> String {
    format!("`{found}` is read after {}; move it above", name(member))
}

pub(crate) fn length_not_number(found: &Ident, ty: &TokenStream) -> String {
    format!("a length is a whole number, and `{found}` is `{ty}`")
}

pub(crate) fn name_taken(found: &Ident) -> String {
    format!("`{found}` is already a name here; choose another")
}

pub(crate) fn value_unknown(found: &Ident) -> String {
    format!(
        "nothing says what `{found}` is; give it a value, `{found}: u16 = count(items)`, or use it, \
         `count = {found}`"
    )
}

pub(crate) fn range_backwards(first: &Ident, last: &Ident) -> String {
    format!("`{first}` stands after `{last}`; write `{last}..={first}`")
}

pub(crate) fn after_tail(member: &Member, tail: &Member) -> String {
    format!(
        "{} stands after the optional tail {}, so nobody could tell them apart; move it up, or make \
         it an optional tail too",
        name(member),
        name(tail)
    )
}

pub(crate) fn no_extent(word: &str, member: &Member, ty: &TokenStream) -> String {
    let kinds = match word {
        "len" => "text, bytes, lists, maps and parts",
        _ => "text, bytes, lists and maps",
    };
    format!("`{word}` is for {kinds}, and {} is `{ty}`", name(member))
}

pub(crate) fn above_prefix(width: &str, most: u64) -> String {
    format!("a `{width}` length cannot exceed {most}; use a wider prefix or a smaller `max`")
}

pub(crate) fn min_above_max(min: i128, max: i128) -> String {
    format!("`min` {min} is above `max` {max}")
}

pub(crate) fn no_effect(word: &str, other: &str) -> String {
    format!("`{word}` has no effect next to `{other}`; remove one of the two")
}

pub(crate) const DEFAULT_WITHOUT_SKIP: &str =
    "`default` goes with `skip`, `since` or `removed`: `#[wire(skip, default = ...)]`";
pub(crate) const TRAILING_NEEDS_FIELD: &str =
    "`trailing = keep` puts what is left into the last field; add one that holds bytes";

pub(crate) fn trailing_has_extent(member: &Member, word: &str) -> String {
    format!(
        "`trailing = keep` lets {} take what is left, so `{word}` has no effect; remove one of \
         the two",
        name(member)
    )
}

// Part enums.

pub(crate) const DISCRIMINANT_NOT_LITERAL: &str = "a variant with fields, or an enum that has one, needs a literal number here; a constant goes \
     into `#[wire(tag = ...)]` on the variant";
pub(crate) const CATCH_ALL_EMPTY: &str =
    "the catch-all keeps the tag in its first field: `Other(u8)`";
pub(crate) const RANGE_EMPTY: &str =
    "a variant for several tags keeps its tag in its first field: `Private(u8)`";
pub(crate) const TAG_HAS_WORDS: &str = "this field is the tag itself and takes no words";

pub(crate) fn empty_enum(name: &Ident) -> String {
    format!("`{name}` has no variants, so no value of it can be sent; add one")
}

pub(crate) fn discriminant_out_of_range(value: i128, variant: &Ident, tag: &str) -> String {
    format!("discriminant {value} of `{variant}` does not fit `{tag}`")
}

pub(crate) fn tag_out_of_range(value: u64, variant: &Ident, tag: &str) -> String {
    format!("tag {value} of `{variant}` does not fit `{tag}`")
}

pub(crate) fn tag_and_discriminant(variant: &Ident) -> String {
    format!("the discriminant of `{variant}` is already its tag; remove one of the two")
}

pub(crate) fn tag_missing(variant: &Ident, other: &Ident) -> String {
    format!(
        "`{variant}` has no tag, and `{other}` has one of its own; write `#[wire(tag = N)]` here too"
    )
}

pub(crate) fn tag_twice(tag: u64, variant: &Ident, first: &Ident) -> String {
    format!("`{first}` and `{variant}` both have the tag {tag}; give one of them another")
}

/// Said by the compiler, which alone knows the number.
pub(crate) fn constant_out_of_range(variant: &Ident, tag: &str) -> String {
    format!("the tag of `{variant}` does not fit `{tag}`")
}

/// Said by the compiler, which alone knows the number.
pub(crate) fn computed_out_of_range(variant: &Ident, tag: &str) -> String {
    format!("the discriminant of `{variant}` does not fit `{tag}`")
}

pub(crate) fn two_catch_alls(first: &Ident) -> String {
    format!("`{first}` is already the catch-all; a type has one")
}

pub(crate) fn catch_all_discriminant(variant: &Ident) -> String {
    format!("`{variant}` keeps the tag it was read with, so it has no number of its own")
}

// Bit fields.

pub(crate) const NO_BITS: &str = "a field of 0 bits holds nothing; remove it, or write `skip`";
pub(crate) const BIT_ORDER_WITHOUT_BITS: &str =
    "`bit_order` has no effect, since no field has `bits`; remove it";

pub(crate) fn too_many_bits(bits: i128) -> String {
    format!("a bit field has 1 to 128 bits, not {bits}")
}

pub(crate) fn more_bits_than(ty: &TokenStream, bits: u32, most: u32) -> String {
    let cure = if most == 1 { "write 1" } else { "use a wider type, or fewer bits" };
    format!("`{ty}` has no {bits} bits; {cure}")
}

pub(crate) fn float_bits(ty: &TokenStream) -> String {
    format!("a float cannot be a bit field; write the field as `{ty}` without `bits`")
}

pub(crate) fn no_bit_field(ty: &TokenStream) -> String {
    let ty = ty.to_string().replace(" < ", "<").replace(" >", ">");
    format!("`{ty}` cannot be a bit field; numbers, `bool` and enums without fields can")
}

pub(crate) fn run_not_whole(members: &[&Member], bits: u32, missing: u32) -> String {
    let (takes, plural) = (takes(members, bits), if missing == 1 { "" } else { "s" });
    format!("{takes}; add a reserved field of {missing} bit{plural} or widen one")
}

pub(crate) fn run_too_long(members: &[&Member], bits: u32, most: u32) -> String {
    let takes = takes(members, bits);
    format!("{takes} before they fill whole bytes, and {most} are the most; reorder them")
}

fn takes(members: &[&Member], bits: u32) -> String {
    let (names, plural) = match members {
        [one] => (name(one), if bits == 1 { "" } else { "s" }),
        [first, second] => (format!("{}, {}", name(first), name(second)), "s"),
        [first, .., last] => (format!("{} to {}", name(first), name(last)), "s"),
        [] => (String::new(), "s"),
    };
    let verb = if members.len() == 1 { "takes" } else { "take" };
    format!("{names} {verb} {bits} bit{plural}")
}

// Protocols.

pub(crate) fn empty_protocol(name: &Ident) -> String {
    format!("`{name}` has no messages; add a variant: `Login(Login)`")
}

pub(crate) fn not_one_message(variant: &Ident) -> String {
    format!("a protocol variant holds exactly one message: `{variant}({variant})`")
}

pub(crate) const CATCH_ALL_SHAPE: &str =
    "the catch-all holds `Unknown` (id and bytes): `Other(Unknown)`";

pub(crate) fn message_twice(message: &TokenStream, first: &Ident) -> String {
    format!("`{message}` is already the message of `{first}`")
}

pub(crate) fn protocol_discriminant(variant: &Ident) -> String {
    format!("`{variant}` carries no number; it stands on the message")
}

pub(crate) fn reserved_overlap(first: u64, last: u64) -> String {
    format!("{} reserved twice", span_of(first, last, "is", "are"))
}

pub(crate) fn reserved_too_large(first: u64, last: u64, bytes: u8, most: u64) -> String {
    format!("{} beyond the {bytes}-byte id (0..={most})", span_of(first, last, "reaches", "reach"))
}

fn span_of(first: u64, last: u64, one: &str, many: &str) -> String {
    if first == last { format!("{first} {one}") } else { format!("{first}..={last} {many}") }
}

/// A field in the middle of a sentence.
fn field(member: &Member) -> String {
    match member {
        Member::Named(ident) => format!("field `{ident}`"),
        Member::Unnamed(index) => format!("field {}", index.index),
    }
}

fn name(member: &Member) -> String {
    match member {
        Member::Named(ident) => format!("`{ident}`"),
        Member::Unnamed(index) => format!("field {}", index.index),
    }
}

fn list(words: &[&str]) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}
