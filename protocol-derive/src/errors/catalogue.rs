//! Every message that the derives can give, by name.
//!
//! Lower case, no full stop: first the fact with the user's names and numbers, then, after a
//! semicolon, what to write. Each has a case in `tests/ui`.

mod bits;
mod lengths;

pub(crate) use lengths::*;

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::{Ident, Lit, Member, Variant};

pub(crate) use bits::*;

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
        Some(field) => format!("the message `{}`", type_text(&field.ty.to_token_stream())),
        None => "the message".to_owned(),
    };
    format!("a variant carries no number; it stands on {message}")
}

pub(crate) fn number_on_part_variant(variant: &Variant) -> String {
    format!("a variant has a tag and no message type; write `{} = N`", variant.ident)
}

// Our own.

/// A panic within the macro: `said` is its message.
pub(crate) fn our_fault(derive: &str, said: &str) -> String {
    format!(
        "the derive `{derive}` itself failed here ({said}); this is a fault of protocol-derive {} and not \
         of yours: please report it with this item and this message",
        env!("CARGO_PKG_VERSION")
    )
}

// Attributes in general.

pub(crate) const WIRE_WITHOUT_LIST: &str = "expected `#[wire(...)]`";
pub(crate) const NOT_A_WORD: &str = "expected a word such as `rest` or `len = u16`";
pub(crate) const NEGATIVE_SIZE: &str = "sizes and versions are not negative";
pub(crate) const ALIGN_ZERO: &str =
    "nothing stands at a multiple of 0; write `align = 2` or more, or remove it";
pub(crate) const DEPTH: &str = "expected a number of levels from 1 to 4294967295";
pub(crate) const NAME: &str = "expected a text in quotes: `name = \"type\"`";
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

pub(crate) fn path(usage: &str) -> String {
    format!("expected a path without quotes: `{usage}`")
}

pub(crate) fn magic(number: Option<i128>) -> String {
    match number {
        Some(number) => format!(
            "a number has no width of its own; write the bytes, `magic = b\"...\"`, or give a \
             width, `magic = {number}_u16`"
        ),
        None => {
            "expected bytes such as `b\"AA\"`, or a number with its type: `0x1234_u16`".to_owned()
        }
    }
}

pub(crate) fn wrong_place(word: &str, goes: &str, here: &str, cure: Option<&str>) -> String {
    let cure = cure.map_or(String::new(), |cure| format!("; {cure}"));
    format!("`{word}` goes {goes}, not on {here}{cure}")
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

pub(crate) fn empty_list(word: &str, usage: &str) -> String {
    format!("`{word}()` says nothing; write `{usage}`, or remove it")
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

pub(crate) fn not_a_byte(found: &str) -> String {
    format!("expected a byte, `until = 0` or `until = b';'`, found {found}")
}

pub(crate) fn id_is_a_type(number: i128) -> String {
    format!(
        "`id` is the width of the number, such as `u16`; the number is `#[msg_type = {number}]`"
    )
}

pub(crate) fn not_a_width(found: &TokenStream) -> String {
    let found = type_text(found);
    format!("a prefix cannot be `{found}`; use `u8`, `u16`, `u24`, `u32`, `u48`, `u64` or `varint`")
}

pub(crate) fn bound(error: &syn::Error) -> String {
    format!("expected bounds such as `bound(T: Clone)`: {error}")
}

pub(crate) fn empty_range(range: &str) -> String {
    format!("the range {range} is empty; the smaller number comes first")
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

pub(crate) fn unsized_field(ty: &TokenStream, cure: &str) -> String {
    let ty = type_text(ty);
    format!("`{ty}` has no size; use {cure}")
}

pub(crate) fn any_width(ty: &Ident) -> String {
    let (narrow, wide) = if ty == "usize" { ("u32", "u64") } else { ("i32", "i64") };
    format!("`{ty}` has another width on another machine; use `{narrow}` or `{wide}`")
}

// Part enums.

pub(crate) const DISCRIMINANT_NOT_LITERAL: &str = "a variant with fields, or an enum that has one, needs a literal number here; a constant goes \
     into `#[wire(tag = ...)]` on the variant";
pub(crate) const CATCH_ALL_EMPTY: &str = "the catch-all keeps the tag in its first field, whose type is the tag's: `Other(u8)`, or \
     `Other(u16)` with `tag = u16`";
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
    let message = type_text(message);
    format!("`{message}` is already the message of `{first}`; a message stands in one variant")
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

/// A type as its author wrote it.
pub(crate) fn type_text(ty: &TokenStream) -> String {
    let mut text = ty.to_string();
    for (spaced, tight) in [
        (" < ", "<"),
        (" >", ">"),
        (" , ", ", "),
        (" :: ", "::"),
        ("& ", "&"),
        ("[ ", "["),
        (" ]", "]"),
    ] {
        text = text.replace(spaced, tight);
    }
    text
}

/// A field at the beginning of a sentence.
pub(crate) fn name(member: &Member) -> String {
    match member {
        Member::Named(ident) => format!("`{ident}`"),
        Member::Unnamed(index) => format!("field {}", index.index),
    }
}

fn list(words: &[&str]) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}

// Headers.

pub(crate) const OF: &str = "expected `body` or `frame`, once, in sums, differences, products or quotients: `of = body + 4`";
pub(crate) const HEADER_FIELD: &str = "expected the name of a field of the header";
pub(crate) const HEADER_CONSTANT: &str =
    "expected a field of the header and its value: `Header { qos: 1 }`";
pub(crate) const ROLE_OUTSIDE_HEADER: &str = "`role` goes on a field of a header, a struct with `#[derive(Wire)]` that a protocol names by \
     `#[wire(header = ...)]`";
pub(crate) fn header_without_id(header: &Ident) -> String {
    format!(
        "`{header}` is a header, and none of its fields tells the messages apart; write \
         `#[wire(role = id)]` on the one that does"
    )
}

pub(crate) const HEADER_BORROWS: &str =
    "a header borrows nothing: it is read before its message is there";
pub(crate) const OF_WITHOUT_LEN: &str = "`of` says what a length counts; it goes with `role = len`";
pub(crate) const HEADER_IN_PART: &str =
    "a part sees no header: it may stand behind any; move the field to the message";
pub(crate) const HEADER_NOT_NAMED: &str =
    "which header? Name it on the message: `#[wire(header = Header)]`";
pub(crate) const PROTOCOL_FIXES: &str = "what one message fixes in the header stands on that message; what all have in common is the \
     header's `Default`";

pub(crate) fn role_twice(role: &str, twin: &Member) -> String {
    format!("`{}` has the role `{role}` already", twin.to_token_stream())
}

// Conversations.

pub(crate) const FROM_BOTH: &str =
    "both sides may send a message that has no `from`; leave it away";
pub(crate) const RULES_OF_UNKNOWN: &str =
    "messages that the protocol does not know come from both sides in every state";

pub(crate) fn not_a_state(found: &str) -> String {
    format!("a state is a type, such as `struct Active;`; found {found}")
}

pub(crate) fn not_a_reply(found: &str) -> String {
    format!(
        "expected a message, `reply = LoginAck`, or two that may come, `reply = LoginAck | Refused`; found {found}"
    )
}

pub(crate) fn conversation_without_start(protocol: &Ident, state: &str) -> String {
    format!(
        "nothing says in which state `{protocol}` begins; write `#[wire(state = ...)]` on the enum, \
         with `{state}` or the state before it"
    )
}

pub(crate) fn then_stays(state: &str) -> String {
    format!("the message is sent in `{state}` alone, so it leads nowhere else; remove `then`")
}
