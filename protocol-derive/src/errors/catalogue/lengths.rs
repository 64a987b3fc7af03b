//! The messages about lengths and order.

use super::{name, type_text};
use proc_macro2::TokenStream;
use syn::{Ident, Member};

pub(crate) fn rest_not_last(member: &Member, next: &Member) -> String {
    let (member, next) = (name(member), name(next));
    format!(
        "{member} takes all remaining bytes, so {next} can never be read; give {member} a length, \
         `len = u16`, or move it to the end"
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
    let ty = type_text(ty);
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

pub(crate) fn not_with_pad_to(word: &str) -> String {
    format!("`{word}` does not go with `pad_to`, which holds the value in its own format")
}

pub(crate) fn needs_itself(name: &Ident) -> String {
    format!("`{name}` is computed from itself; its own bytes are a number: `value = len(body) + 2`")
}

pub(crate) fn constant_from_field(word: &str, field: &str) -> String {
    format!("`{word}` is a constant, and `{field}` is a field")
}

/// `who` is the field, or an item within it.
pub(crate) fn no_extent(word: &str, who: &str, ty: &str, cure: &str) -> String {
    let kinds = match word {
        "len" => "text, bytes, lists, maps and parts",
        "count" => "lists, maps and bytes",
        "until" => "text, bytes and lists",
        "item" => "lists, maps, `Option` and arrays",
        "key" => "maps",
        _ => "text, bytes, lists and maps",
    };
    format!("`{word}` is for {kinds}, and {who} is `{ty}`{cure}")
}

pub(crate) fn never_absent(word: &str, who: &str, ty: &str) -> String {
    format!("`{word}` says whether an `Option` is there, and {who} is `{ty}`; write `Option<{ty}>`")
}

pub(crate) fn no_range(who: &str, ty: &str) -> String {
    format!("`range` is for numbers, and {who} is `{ty}`; `min` and `max` limit lengths")
}

pub(crate) fn no_order(who: &str, ty: &str) -> String {
    format!("`endian` orders the bytes of a number, and {who} is `{ty}`, which has one; remove it")
}

pub(crate) fn word_of_the_value(word: &str, written: &str, who: &str, ty: &str) -> String {
    format!("{who} is `{ty}`, and `{word}` is for the value inside; write `item({written})`")
}

pub(crate) fn above_prefix(width: &str, most: u64) -> String {
    format!("a `{width}` length cannot exceed {most}; use a wider prefix or a smaller `max`")
}

pub(crate) fn min_above_max(min: i128, max: i128) -> String {
    format!("`min` {min} is above `max` {max}")
}

pub(crate) fn in_every_version(word: &str, member: &Member) -> String {
    let member = name(member);
    format!(
        "`{word}` stands in every version, and {member} does not; put both into a part that comes \
         and goes"
    )
}

pub(crate) fn two_presences(word: &str, version: &str, member: &Member) -> String {
    let member = name(member);
    format!(
        "`{version}` and `{word}` both say whether {member} is there; put {member} with its `{word}` into \
         a part, and `{version}` on that"
    )
}

/// `tells` is a field that only some versions have, by `version`; `member` may have that too, or not.
pub(crate) fn told_in_some_versions(
    tells: &Ident,
    version: &str,
    value: &TokenStream,
    member: &Member,
    may_have_it: bool,
) -> String {
    let member = name(member);
    let too = match may_have_it {
        true => format!("write `{version} = {value}` on {member} too, or "),
        false => String::new(),
    };
    format!(
        "`{tells}` has `{version} = {value}`, and {member} needs it in every version; {too}put both \
         into a part"
    )
}

pub(crate) fn unknown_where_absent(found: &Ident, member: &Member, word: &str) -> String {
    let member = name(member);
    format!(
        "`{found}` is on the wire even where {member} is not, and nothing says what it is then; write \
         `{word} = u8` in its place, or make `{found}` a field"
    )
}

pub(crate) fn no_effect(word: &str, other: &str) -> String {
    format!("`{word}` has no effect next to `{other}`; remove one of the two")
}

pub(crate) fn len_and_count(field: &Ident) -> String {
    format!(
        "`count` has no effect next to `len`; remove it, and say it of `{field}`: `value = count(...)`"
    )
}

pub(crate) fn never_there(member: &Member, since: i128, removed: i128) -> String {
    format!(
        "{} comes with version {since} and is gone from version {removed} on, so it is never there; write a \
         larger `removed`, or remove the field",
        name(member)
    )
}

pub(crate) fn value_too_large(number: i128, member: &Member, room: &str) -> String {
    format!("the value {number} of {} does not fit {room}", name(member))
}

pub(crate) const DEFAULT_WITHOUT_SKIP: &str =
    "`default` goes with `skip`, `since` or `removed`: `#[wire(skip, default = ...)]`";
pub(crate) const TRAILING_ON_ENUM: &str = "`trailing = keep` puts what is left into the last field of a struct; write `trailing = ignore`, or \
     put the enum into a struct";
pub(crate) const TRAILING_NEEDS_FIELD: &str =
    "`trailing = keep` puts what is left into the last field; add one that holds bytes";

pub(crate) fn trailing_has_extent(member: &Member, word: &str) -> String {
    format!(
        "`trailing = keep` lets {} take what is left, so `{word}` has no effect; remove one of \
         the two",
        name(member)
    )
}
