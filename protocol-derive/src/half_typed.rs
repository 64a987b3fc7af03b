//! What an editor hands over while an attribute is typed, made an item again.
//!
//! The compiler parses an item before it derives anything. An editor derives all the while, so that the methods
//! of a message are known. A bracket that is not closed yet reaches the derive as punctuation, as which no macro
//! could make it; so `tests/editor` tests [`item`], and nothing here.

use proc_macro::{Delimiter, Group, Ident, Punct, Spacing, Span, TokenStream, TokenTree};

/// The item as it is; or, where a bracket is never closed, without what cannot be told apart.
///
/// Such an item has an attribute without its parentheses or its value. That is a mistake, so its impls are
/// without a meaning.
pub(crate) fn item(input: TokenStream) -> proc_macro2::TokenStream {
    let trees: Vec<TokenTree> = input.clone().into_iter().collect();
    let mut open = (0..trees.len()).filter_map(|at| Some((at, opens(trees.get(at)?)?)));
    match (open.next(), open.next()) {
        (None, _) => input.into(),
        (Some((at, Delimiter::Bracket)), _) => behind_an_attribute(&trees, at).into(),
        (Some((body, delimiter)), end) => {
            let end = end.map_or(trees.len(), |(at, _)| at);
            with_whole_fields(&trees, body, delimiter, end).into()
        }
    }
}

/// The bracket that punctuation opens.
fn opens(tree: &TokenTree) -> Option<Delimiter> {
    let TokenTree::Punct(punct) = tree else { return None };
    match punct.as_char() {
        '{' => Some(Delimiter::Brace),
        '(' => Some(Delimiter::Parenthesis),
        '[' => Some(Delimiter::Bracket),
        _ => None,
    }
}

/// The item whose own attribute is open: what the attribute has taken of it begins with its first keyword.
fn behind_an_attribute(trees: &[TokenTree], bracket: usize) -> TokenStream {
    let begins = |tree: &TokenTree| {
        let keywords = ["pub", "struct", "enum", "union"];
        matches!(tree, TokenTree::Ident(it) if keywords.contains(&it.to_string().as_str()))
    };
    let (before, behind) = trees.split_at(bracket);
    let start = behind.iter().position(begins).unwrap_or(behind.len());
    let name = match behind.get(1) {
        Some(TokenTree::Ident(name)) if name.to_string() == "msg_type" => "msg_type",
        _ => "wire",
    };
    let mut item: TokenStream = before.iter().take(bracket.saturating_sub(1)).cloned().collect();
    item.extend(bare_attribute(name, trees.get(bracket)));
    item.extend(behind.iter().skip(start).cloned());
    item
}

/// The item whose body is open, with the fields before the bracket at `end`: all up to the last comma.
fn with_whole_fields(
    trees: &[TokenTree],
    body: usize,
    delimiter: Delimiter,
    end: usize,
) -> TokenStream {
    let fields = trees.get(body + 1..end).unwrap_or(&[]);
    let is_comma = |tree: &TokenTree| matches!(tree, TokenTree::Punct(it) if it.as_char() == ',');
    let whole = fields.iter().rposition(is_comma).map_or(0, |comma| comma + 1);
    let fields = fields.iter().take(whole).cloned().collect();

    let mut item = bare_attribute("wire", trees.get(end));
    item.extend(trees.iter().take(body).cloned());
    item.extend([TokenTree::from(Group::new(delimiter, fields))]);
    if delimiter == Delimiter::Parenthesis {
        item.extend([TokenTree::from(Punct::new(';', Spacing::Alone))]);
    }
    item
}

/// `#[wire]` or `#[msg_type]`, of which it is said what it lacks.
fn bare_attribute(name: &str, at: Option<&TokenTree>) -> TokenStream {
    let span = at.map_or_else(Span::call_site, TokenTree::span);
    let list = Group::new(Delimiter::Bracket, TokenTree::from(Ident::new(name, span)).into());
    [TokenTree::from(Punct::new('#', Spacing::Alone)), TokenTree::from(list)].into_iter().collect()
}

/// The same with `#[msg_type]` for `#[msg_type = ]`, also within: the former can be parsed.
pub(crate) fn without_missing_values(tokens: proc_macro2::TokenStream) -> proc_macro2::TokenStream {
    use proc_macro2::{Delimiter, Group, TokenTree};

    let mut is_behind_hash = false;
    let trees = tokens.into_iter().map(|tree| {
        let TokenTree::Group(group) = tree else {
            is_behind_hash = matches!(&tree, TokenTree::Punct(it) if it.as_char() == '#');
            return tree;
        };
        let mut inner: Vec<TokenTree> = group.stream().into_iter().collect();
        let ends_open = matches!(inner.last(), Some(TokenTree::Punct(it)) if it.as_char() == '=');
        if is_behind_hash && group.delimiter() == Delimiter::Bracket && ends_open {
            inner.pop();
        }
        is_behind_hash = false;
        let inner = without_missing_values(inner.into_iter().collect());
        let mut mended = Group::new(group.delimiter(), inner);
        mended.set_span(group.span());
        TokenTree::Group(mended)
    });
    trees.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_value_is_no_value() {
        let mended = |text: &str| {
            without_missing_values(text.parse().expect("tokens")).to_string().replace(' ', "")
        };
        assert_eq!(mended("#[msg_type = ] struct A;"), "#[msg_type]structA;");
        assert_eq!(mended("struct A { #[wire = ] a: u8 }"), "structA{#[wire]a:u8}");
        let whole = "#[msg_type=1]structA{#[wire(len=)]a:[u8;N]}";
        assert_eq!(mended(whole), whole);
    }
}
