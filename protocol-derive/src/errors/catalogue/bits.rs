//! What is said of bit fields.

use proc_macro2::TokenStream;
use syn::Member;

use super::{name, type_text};

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
    let ty = type_text(ty);
    format!("`{ty}` cannot be a bit field; numbers, `bool` and enums without fields can")
}

pub(crate) fn run_not_whole(members: &[&Member], bits: u32, missing: u32) -> String {
    let takes = takes(members, bits);
    let ty = if missing == 1 { "bool" } else { "u8" };
    format!(
        "{takes}, and only whole bytes can follow each other; add \
         `#[wire(bits = {missing}, reserved)] spare: {ty}`, or widen one"
    )
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
