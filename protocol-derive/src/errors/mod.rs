//! Collects the mistakes of one item, so that the user reads all of them at once.
//!
//! What is said about each mistake stands in the [`catalogue`]; nothing here knows a rule.

pub(crate) mod catalogue;

use proc_macro2::{Span, TokenStream};
use quote::ToTokens;

/// The mistakes found so far.
#[derive(Default)]
pub(crate) struct Errors {
    reports: Vec<syn::Error>,
}

impl Errors {
    /// Reports a mistake at `tokens`: from the first of them to the last.
    pub(crate) fn report(&mut self, tokens: impl ToTokens, text: String) {
        self.reports.push(syn::Error::new_spanned(tokens, text));
    }

    /// Reports a mistake at `span`, for what leaves no tokens to point at.
    pub(crate) fn report_at(&mut self, span: Span, text: String) {
        self.reports.push(syn::Error::new(span, text));
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.reports.is_empty()
    }

    /// All mistakes as code that reports them, in the order of the source.
    pub(crate) fn into_tokens(mut self) -> TokenStream {
        self.reports.sort_by_key(|report| {
            let start = report.span().start();
            (start.line, start.column)
        });
        self.reports.iter().map(syn::Error::to_compile_error).collect()
    }
}
