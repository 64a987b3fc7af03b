//! The way from an item to its impls, on one screen.

use proc_macro2::TokenStream;

use crate::errors::Errors;
use crate::model::{Model, Outline};
use crate::syntax::{self, Derive};
use crate::{check, emit};

/// Expands one derive.
///
/// After a mistake the impls are there all the same, without a meaning: code that uses the type
/// then makes no second error.
pub(crate) fn expand(derive: Derive, input: TokenStream) -> TokenStream {
    let input = match syn::parse2(input) {
        Ok(input) => input,
        Err(error) => return error.into_compile_error(),
    };
    let mut errors = Errors::default();
    let item = syntax::read(derive, input, &mut errors);
    check::rules(&item, &mut errors);
    let outline = Outline::of(&item);
    let is_right = errors.is_empty();
    let mut tokens = errors.into_tokens();
    match (check::impls_can_compile(&item), is_right) {
        (true, true) => tokens.extend(emit::impls(&outline, &Model::of(item))),
        (true, false) => tokens.extend(emit::stubs(&outline, &item)),
        (false, _) => {}
    }
    tokens
}
