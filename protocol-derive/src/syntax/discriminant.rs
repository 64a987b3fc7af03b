//! The discriminants of an enum by the rules of Rust: what is written, else one more than before.

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::punctuated::Punctuated;
use syn::{Token, Variant};

use super::tokens::integer;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Discriminant {
    Number(i128),
    /// It rests on a constant expression that only rustc can compute.
    Computed,
}

/// The discriminant of each variant.
pub(super) fn of(variants: &Punctuated<Variant, Token![,]>) -> Vec<Discriminant> {
    let mut next = Discriminant::Number(0);
    let mut all = Vec::with_capacity(variants.len());
    for variant in variants {
        let this = match &variant.discriminant {
            Some((_, value)) => written(&value.to_token_stream()),
            None => next,
        };
        next = match this {
            Discriminant::Number(number) => Discriminant::Number(number.saturating_add(1)),
            Discriminant::Computed => Discriminant::Computed,
        };
        all.push(this);
    }
    all
}

fn written(tokens: &TokenStream) -> Discriminant {
    integer(tokens).map_or(Discriminant::Computed, Discriminant::Number)
}
