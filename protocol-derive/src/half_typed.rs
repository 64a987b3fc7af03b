//! What an editor hands over while a bracket is still missing, made an item again.
//!
//! The compiler parses an item before it derives anything. An editor derives all the while, so that the methods
//! of a message are known while one of its attributes is written. A bracket without a partner reaches the derive
//! as punctuation, as which no macro could make it; so `tests/editor` tests this, and nothing here.

use proc_macro::{Delimiter, Group, Punct, Spacing, Span, TokenStream, TokenTree};

/// The item as it is; or, where a bracket is never closed, with the fields before it.
///
/// Such an item has an empty `#[wire]`. That is a mistake, so its impls are without a meaning.
pub(crate) fn item(input: TokenStream) -> proc_macro2::TokenStream {
    let trees: Vec<TokenTree> = input.clone().into_iter().collect();
    let open: Vec<usize> = (0..trees.len()).filter(|at| opens(&trees, *at).is_some()).collect();
    let Some((body, delimiter)) = open.first().and_then(|at| Some((*at, opens(&trees, *at)?)))
    else {
        return input.into();
    };
    // What is finished ends with the last comma before the second bracket.
    let end = open.get(1).copied().unwrap_or(trees.len());
    let fields = trees.get(body + 1..end).unwrap_or(&[]);
    let finished = fields.iter().rposition(is_comma).map_or(0, |comma| comma + 1);
    let fields = fields.iter().take(finished).cloned().collect();

    let mut item = empty_attribute(trees.get(end).map_or_else(Span::call_site, TokenTree::span));
    item.extend(trees.iter().take(body).cloned());
    item.extend([TokenTree::from(Group::new(delimiter, fields))]);
    if delimiter == Delimiter::Parenthesis {
        item.extend([TokenTree::from(Punct::new(';', Spacing::Alone))]);
    }
    item.into()
}

/// The bracket that the punctuation at this place opens.
fn opens(trees: &[TokenTree], at: usize) -> Option<Delimiter> {
    let Some(TokenTree::Punct(punct)) = trees.get(at) else { return None };
    match punct.as_char() {
        '{' => Some(Delimiter::Brace),
        '(' => Some(Delimiter::Parenthesis),
        '[' => Some(Delimiter::Bracket),
        _ => None,
    }
}

fn is_comma(tree: &TokenTree) -> bool {
    matches!(tree, TokenTree::Punct(punct) if punct.as_char() == ',')
}

/// `#[wire]`, of which it is said that it lacks its parentheses.
fn empty_attribute(span: Span) -> TokenStream {
    let name = TokenTree::from(proc_macro::Ident::new("wire", span));
    let list = Group::new(Delimiter::Bracket, name.into());
    [TokenTree::from(Punct::new('#', Spacing::Alone)), TokenTree::from(list)].into_iter().collect()
}
