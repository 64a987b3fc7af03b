//! `#[msg_type = 3]` and `#[msg_type(CONSTANT)]`: the number of a message.

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::{Attribute, Data, DeriveInput, Lit, Member, Meta};

use super::Derive;
use super::attribute::safe_meta;
use super::tokens::{cut, literal, peel};
use crate::errors::{Errors, catalogue};

/// What was written as the number of a message.
pub(crate) enum NumberWritten {
    Missing,
    /// It cannot be read; that was reported.
    Broken,
    Given(Number),
}

pub(crate) enum Number {
    Literal {
        value: u128,
        tokens: TokenStream,
    },
    /// Any constant expression: rustc checks its type.
    Expression(TokenStream),
}

/// Reads the number among the attributes of a container.
pub(super) fn read(input: &DeriveInput, derive: Derive, errors: &mut Errors) -> NumberWritten {
    let mut first: Option<(TokenStream, NumberWritten)> = None;
    for meta in numbers(&input.attrs) {
        match (derive, &first) {
            (Derive::Wire, _) => errors.report(&meta, catalogue::NUMBER_ON_PART.to_owned()),
            (Derive::Protocol, _) => errors.report(&meta, catalogue::NUMBER_ON_PROTOCOL.to_owned()),
            (Derive::Message, Some((value, _))) => {
                errors.report(&meta, catalogue::number_twice(value));
            }
            (Derive::Message, None) => {
                let number = of(&meta).unwrap_or_else(|(at, text)| {
                    errors.report(at, text);
                    NumberWritten::Broken
                });
                first = Some((value(&meta), number));
            }
        }
    }
    match first {
        Some((_, number)) => number,
        None if stands_on_a_field(input) => NumberWritten::Broken,
        None => NumberWritten::Missing,
    }
}

/// Whether the number stands on a field, where it is refused: then it is misplaced, not missing.
fn stands_on_a_field(input: &DeriveInput) -> bool {
    match &input.data {
        Data::Struct(data) => {
            data.fields.iter().any(|field| numbers(&field.attrs).next().is_some())
        }
        Data::Enum(_) | Data::Union(_) => false,
    }
}

/// A number stands on the struct.
pub(super) fn refuse_on_field(attributes: &[Attribute], member: &Member, errors: &mut Errors) {
    for meta in numbers(attributes) {
        errors.report(&meta, catalogue::number_on_field(member));
    }
}

/// A number stands on the message that a variant holds, or is the discriminant of the variant.
pub(super) fn refuse_on_variant(variant: &syn::Variant, derive: Derive, errors: &mut Errors) {
    for meta in numbers(&variant.attrs) {
        let text = match derive {
            Derive::Protocol => catalogue::number_on_variant(variant),
            Derive::Message | Derive::Wire => catalogue::number_on_part_variant(variant),
        };
        errors.report(&meta, text);
    }
}

/// What stands in the `#[msg_type]` among the attributes.
fn numbers(attributes: &[Attribute]) -> impl Iterator<Item = Meta> {
    attributes.iter().map(safe_meta).filter(|meta| meta.path().is_ident("msg_type"))
}

/// The tokens of the value.
fn value(meta: &Meta) -> TokenStream {
    match meta {
        Meta::Path(path) => path.to_token_stream(),
        Meta::List(list) => list.tokens.clone(),
        Meta::NameValue(pair) => peel(&pair.value.to_token_stream()),
    }
}

fn of(meta: &Meta) -> Result<NumberWritten, (TokenStream, String)> {
    let tokens = value(meta);
    let refuse = |text: String| Err((tokens.clone(), text));
    match (literal(&tokens), meta) {
        (_, Meta::Path(path)) => Err((path.to_token_stream(), catalogue::NUMBER_BARE.to_owned())),
        (_, Meta::List(list)) if list.tokens.is_empty() => {
            Err((list.to_token_stream(), catalogue::NUMBER_BARE.to_owned()))
        }
        // Rustc reads this literal itself, and says so.
        (Some(lit), Meta::NameValue(_)) if exceeds_all_literals(&lit) => Ok(NumberWritten::Broken),
        (Some(lit), Meta::List(_) | Meta::NameValue(_)) => match of_literal(&lit) {
            Ok(value) => Ok(NumberWritten::Given(Number::Literal { value, tokens })),
            Err(text) => refuse(text),
        },
        (None, Meta::List(_)) if cut(tokens.clone()).len() > 1 => {
            refuse(catalogue::NUMBER_SEVERAL.to_owned())
        }
        (None, Meta::List(_)) => Ok(NumberWritten::Given(Number::Expression(tokens))),
        (None, Meta::NameValue(_)) => refuse(catalogue::number_without_parentheses(&tokens)),
    }
}

fn exceeds_all_literals(lit: &Lit) -> bool {
    match lit {
        Lit::Int(int) => {
            !int.base10_digits().starts_with('-') && int.base10_digits().parse::<u128>().is_err()
        }
        _ => false,
    }
}

fn of_literal(lit: &Lit) -> Result<u128, String> {
    match lit {
        Lit::Int(int) if int.base10_digits().starts_with('-') => {
            Err(catalogue::NUMBER_NEGATIVE.to_owned())
        }
        Lit::Int(int) => {
            int.base10_digits().parse().map_err(|_| catalogue::NUMBER_TOO_LARGE.to_owned())
        }
        Lit::Byte(byte) => Ok(u128::from(byte.value())),
        Lit::Str(text) => Err(catalogue::number_is_string(&text.value())),
        Lit::Char(char) => Err(catalogue::number_is_char(char.value())),
        other => Err(catalogue::number_is_other(other)),
    }
}
