//! The warnings that were asked for: each names something deprecated at the place of the user.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote_spanned};

use super::head::{context, is_concrete};
use super::route::static_type;
use crate::model::{Growing, Outline};
use crate::paths::start;

/// Which method is found, and so whether it warns, depends on the type; of a generic one it is not known.
pub(super) fn warnings(outline: &Outline) -> TokenStream {
    let (p, span) = context(outline);
    if outline.growing.is_empty() || !is_concrete(outline) {
        return TokenStream::new();
    }
    let fields = outline.growing.iter().map(|growing| growth(outline, growing));
    quote_spanned! {span=>
        const _: () = {
            use #p::{AnyField as _, CANNOT_GROW, ListOfEnums as _, ListOfStructs as _};
            fn __wire_growth() {
                #(#fields)*
            }
        };
    }
}

/// The name that warns stands where the user wrote, and not in generated code, of which rustc would not
/// warn.
fn growth(outline: &Outline, growing: &Growing) -> TokenStream {
    match growing {
        Growing::Rest(word) => {
            let warned = proc_macro2::Ident::new("CANNOT_GROW", word.span());
            quote_spanned!(start(word)=> #warned;)
        }
        Growing::List(ty) => {
            let p = outline.runtime.at(start(ty));
            let first = ty.to_token_stream().into_iter().next().map(|tree| tree.span());
            let place = first.unwrap_or_else(proc_macro2::Span::call_site);
            let (warned, ty) = (proc_macro2::Ident::new("growth", place), static_type(outline, ty));
            quote_spanned!(start(&warned)=> (&&&#p::Growth::<#ty>::OF_FIELD).#warned();)
        }
    }
}
