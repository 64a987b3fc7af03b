//! The word `max_len`: the most bytes of a value, its number included.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote_spanned};

use super::head::{self, context};
use crate::model::{Outline, Purpose};

/// What stands before and after the fields of a value that has a limit, and nothing otherwise.
pub(super) struct Cap {
    pub(super) before_put: TokenStream,
    pub(super) after_put: TokenStream,
    pub(super) before_get: TokenStream,
    pub(super) after_get: TokenStream,
}

impl Cap {
    pub(super) fn of(outline: &Outline) -> Cap {
        let nothing = TokenStream::new;
        let Some(most) = &outline.max_len else {
            let (before_put, after_put) = (nothing(), nothing());
            return Cap { before_put, after_put, before_get: nothing(), after_get: nothing() };
        };
        let (p, span) = context(outline);
        let number = number_len(outline);
        Cap {
            before_put: quote_spanned!(span=> let __wire_start = __wire_w.position();),
            after_put: quote_spanned! {span=>
                #p::put_capped(__wire_w, __wire_start, #number, #most)?;
            },
            before_get: quote_spanned!(span=> let __wire_mark = __wire_r.mark();),
            after_get: quote_spanned!(span=> #p::get_capped(__wire_r, __wire_mark, #number, #most)?;),
        }
    }

    pub(super) fn is_there(&self) -> bool {
        !self.before_put.is_empty()
    }
}

/// The bytes of the number before the fields.
fn number_len(outline: &Outline) -> TokenStream {
    let (p, span) = context(outline);
    match outline.purpose {
        Purpose::Message { .. } => {
            quote_spanned! {span=>
                #p::id_len::<<Self as #p::Message>::Id>(<Self as #p::Message>::ID)
            }
        }
        Purpose::Part | Purpose::Protocol { .. } => quote_spanned!(span=> 0),
    }
}

/// The bounds, with the limit.
pub(super) fn capped(outline: &Outline, bounds: TokenStream) -> TokenStream {
    let Some(most) = &outline.max_len else {
        return bounds;
    };
    let (_, span) = context(outline);
    let number = number_len(outline);
    quote_spanned!(span=> #bounds.capped(::core::primitive::usize::saturating_sub(#most, #number)))
}

/// The smallest value keeps the limit: computed where the type is declared, if nothing is generic.
pub(super) fn check(outline: &Outline) -> TokenStream {
    let Some(most) = outline.max_len.as_ref().filter(|_| head::is_concrete(outline)) else {
        return TokenStream::new();
    };
    let (p, span) = context(outline);
    let ty = head::with_lifetime(outline, &head::lifetime("'static", span));
    let place = crate::paths::start(&most.to_token_stream());
    let (p, ty) = (crate::paths::placed(p, place), crate::paths::placed(ty, place));
    quote_spanned!(place=> const _: () = #p::assert_capped::<#ty>(#most);)
}
