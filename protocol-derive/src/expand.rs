//! The way from an item to its impls, on one screen.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

use proc_macro2::{Span, TokenStream};
use syn::DeriveInput;

use crate::errors::{Errors, catalogue};
use crate::model::{Model, Outline};
use crate::syntax::{self, Derive};
use crate::{check, emit, half_typed, hints};

/// Expands one derive. A panic of ours is an error that says so.
pub(crate) fn expand(derive: Derive, input: impl FnOnce() -> TokenStream) -> TokenStream {
    guarded(derive, || impls(derive, input()))
}

/// The impls, or the mistakes.
///
/// After a mistake the impls are there all the same, without a meaning: code that uses the type
/// then makes no second error.
fn impls(derive: Derive, input: TokenStream) -> TokenStream {
    let mended = || syn::parse2(half_typed::without_missing_values(input.clone()));
    let input: DeriveInput =
        match syn::parse2(input.clone()).or_else(|error| mended().or(Err(error))) {
            Ok(input) => input,
            Err(error) => return error.into_compile_error(),
        };
    let mut errors = Errors::default();
    let item = syntax::read(derive, input.clone(), &mut errors);
    check::rules(&item, &mut errors);
    let outline = Outline::of(&item);
    let is_right = errors.is_empty();
    let mut tokens = hints::hints(derive, &input, &outline.runtime);
    tokens.extend(errors.into_tokens());
    match (check::impls_can_compile(&item), is_right) {
        (true, true) => tokens.extend(emit::impls(&outline, &Model::of(item))),
        (true, false) => tokens.extend(emit::stubs(&outline, &item)),
        (false, _) => {}
    }
    tokens
}

/// What `expansion` returns; if it panics, that as an error.
fn guarded(derive: Derive, expansion: impl FnOnce() -> TokenStream) -> TokenStream {
    match catch_unwind(AssertUnwindSafe(expansion)) {
        Ok(tokens) => tokens,
        Err(panic) => {
            let mut errors = Errors::default();
            errors.report_at(Span::call_site(), catalogue::our_fault(derive.name(), said(&*panic)));
            errors.into_tokens()
        }
    }
}

/// The message of a panic.
fn said(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<&str>().copied();
    text.or_else(|| panic.downcast_ref::<String>().map(String::as_str)).unwrap_or("it said nothing")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_our_fault() {
        let tokens = guarded(Derive::Wire, || panic!("step {} is missing", 3)).to_string();
        assert!(tokens.contains("compile_error"), "{tokens}");
        assert!(
            tokens.contains("the derive `Wire` itself failed here (step 3 is missing)"),
            "{tokens}"
        );
        assert!(tokens.contains("please report it"), "{tokens}");
        let tokens = guarded(Derive::Protocol, || std::panic::panic_any(3)).to_string();
        assert!(tokens.contains("(it said nothing)"), "{tokens}");
    }

    #[test]
    fn what_is_half_typed_does_not_panic() {
        for text in [
            "#[wire(len = )] struct A { #[wire(count =, item(, key()] a: u8 }",
            "#[msg_type = 1] #[wire(,,)] struct A { #[wire(if)] a: u8, #[wire(if())] b: u8 }",
            "#[msg_type()] #[wire(=)] struct A(#[wire(before(n: ))] u8, #[wire(after(:))] u8);",
            "#[wire(reserved(..))] enum A { #[wire(tag = ..=)] B, #[wire(unknown =)] C(u8) }",
            "struct A { #[wire(len = a +)] a: u8, #[wire(value = -)] b: u8, #[wire(checksum = ())] c: u8 }",
            "#[wire(header = , id = , magic = , bound(T), crate =)] enum A {}",
            "struct A { #[wire(check(), range = .., as = , with = ::, until = '', tag = )] a: u8 }",
        ] {
            let Ok(item) = text.parse::<TokenStream>() else { continue };
            for derive in [Derive::Message, Derive::Wire, Derive::Protocol] {
                assert!(!impls(derive, item.clone()).is_empty(), "{text}");
            }
        }
    }
}
