//! Raw tokens: cutting them at commas and looking at them without parsing an expression.
//!
//! Expressions of the user stay what they are. Tokens out of a `macro_rules` variable come in a
//! group without delimiters, which is peeled off before anything is recognised.

use proc_macro2::{Delimiter, Group, Ident, Spacing, TokenStream, TokenTree};
use quote::ToTokens;
use syn::Lit;

/// Cuts at top-level commas. Those between the angle brackets of generic arguments do not cut.
pub(crate) fn cut(tokens: TokenStream) -> Vec<TokenStream> {
    let mut pieces = Vec::new();
    let mut piece: Vec<TokenTree> = Vec::new();
    let mut angles = 0_usize;
    for tree in tokens {
        if let TokenTree::Punct(punct) = &tree {
            match punct.as_char() {
                ',' if angles == 0 => {
                    pieces.push(piece.drain(..).collect());
                    continue;
                }
                '<' if angles > 0 || opens_generics(&piece) => angles += 1,
                '>' if angles > 0 && !ends_in(&piece, "-") && !ends_in(&piece, "=") => angles -= 1,
                _ => {}
            }
        }
        piece.push(tree);
    }
    if !piece.is_empty() {
        pieces.push(piece.into_iter().collect());
    }
    pieces
}

/// Whether a `<` after these tokens opens generic arguments: after `::`, where a value begins
/// (`<A<B, C>>::new()`), and after the path of a type. Else it compares.
fn opens_generics(piece: &[TokenTree]) -> bool {
    match piece.last() {
        None => true,
        Some(TokenTree::Punct(punct)) => !['<', '>'].contains(&punct.as_char()),
        Some(TokenTree::Ident(_)) => stands_for_a_type(piece),
        Some(TokenTree::Group(_) | TokenTree::Literal(_)) => false,
    }
}

/// Whether the path at the end of the tokens is that of a type: after `as`, after a single colon, and
/// as the value of a word that takes a type.
fn stands_for_a_type(piece: &[TokenTree]) -> bool {
    let mut piece = piece;
    while let [before @ .., tree] = piece {
        piece = before;
        match tree {
            TokenTree::Ident(word) if word == "as" => return true,
            TokenTree::Ident(_) => {}
            TokenTree::Punct(punct) if punct.as_char() == ':' => match before {
                [before @ .., colon] if is_joint_colon(colon) => piece = before,
                _ => return true,
            },
            TokenTree::Punct(punct) if punct.as_char() == '=' => {
                return matches!(before, [TokenTree::Ident(word)] if word == "as" || word == "header");
            }
            TokenTree::Punct(_) | TokenTree::Group(_) | TokenTree::Literal(_) => return false,
        }
    }
    false
}

/// The first half of `::`.
fn is_joint_colon(tree: &TokenTree) -> bool {
    matches!(tree, TokenTree::Punct(punct) if punct.as_char() == ':' && punct.spacing() == Spacing::Joint)
}

/// Whether the tokens end in this punctuation.
fn ends_in(piece: &[TokenTree], punctuation: &str) -> bool {
    let mut from_end = piece.iter().rev();
    punctuation.chars().rev().enumerate().all(|(index, wanted)| match from_end.next() {
        Some(TokenTree::Punct(punct)) => {
            punct.as_char() == wanted && (index == 0 || punct.spacing() == Spacing::Joint)
        }
        _ => false,
    })
}

/// The tokens without groups that delimit nothing, as far as they are one such group.
pub(crate) fn peel(tokens: &TokenStream) -> TokenStream {
    match only_group(tokens, Delimiter::None) {
        Some(group) => peel(&group.stream()),
        None => tokens.clone(),
    }
}

/// The literal that the tokens are, also in parentheses.
pub(super) fn literal(tokens: &TokenStream) -> Option<Lit> {
    let tokens = peel(tokens);
    match only_group(&tokens, Delimiter::Parenthesis) {
        Some(group) => literal(&group.stream()),
        None => syn::parse2(tokens).ok(),
    }
}

/// The number that the tokens are, also as a byte literal, also below 0. Nothing if they are an
/// expression, or no number fits it.
pub(crate) fn integer(tokens: &TokenStream) -> Option<i128> {
    match literal(tokens)? {
        Lit::Int(int) => int.base10_digits().parse().ok(),
        Lit::Byte(byte) => Some(i128::from(byte.value())),
        Lit::Str(_)
        | Lit::ByteStr(_)
        | Lit::CStr(_)
        | Lit::Char(_)
        | Lit::Float(_)
        | Lit::Bool(_)
        | Lit::Verbatim(_)
        | _ => None,
    }
}

fn only_group(tokens: &TokenStream, delimiter: Delimiter) -> Option<Group> {
    let mut trees = tokens.clone().into_iter();
    match (trees.next(), trees.next()) {
        (Some(TokenTree::Group(group)), None) if group.delimiter() == delimiter => Some(group),
        _ => None,
    }
}

/// Whether a type names this one: by its name alone or as `self::Name`. A type of the same name in
/// another module is another type.
pub(crate) fn names_type(ty: &TokenStream, name: &str) -> bool {
    let trees: Vec<TokenTree> = ty.clone().into_iter().collect();
    trees.iter().enumerate().any(|(index, tree)| match tree {
        TokenTree::Ident(ident) if ident == name => {
            let (before, after) = (trees.get(..index).unwrap_or(&[]), trees.get(index + 1..));
            let leads_on = matches!(after, Some([colon, ..]) if is_joint_colon(colon));
            let is_local = match before {
                [.., TokenTree::Ident(module), colon, _] if is_joint_colon(colon) => {
                    module == "self"
                }
                [.., colon, TokenTree::Punct(_)] => !is_joint_colon(colon),
                _ => true,
            };
            is_local && !leads_on
        }
        TokenTree::Group(group) => names_type(&group.stream(), name),
        TokenTree::Ident(_) | TokenTree::Punct(_) | TokenTree::Literal(_) => false,
    })
}

/// Whether an identifier stands anywhere in the tokens.
pub(crate) fn mentions(tokens: &TokenStream, name: &str) -> bool {
    tokens.clone().into_iter().any(|tree| match tree {
        TokenTree::Ident(ident) => ident == name,
        TokenTree::Group(group) => mentions(&group.stream(), name),
        TokenTree::Punct(_) | TokenTree::Literal(_) => false,
    })
}

/// The identifiers that name a value in scope.
pub(crate) fn bare_names(tokens: &TokenStream) -> Vec<Ident> {
    let trees: Vec<TokenTree> = tokens.clone().into_iter().collect();
    let mut names = Vec::new();
    for (index, tree) in trees.iter().enumerate() {
        match tree {
            TokenTree::Ident(ident) if names_a_value(&trees, index) => names.push(ident.clone()),
            TokenTree::Group(group) => names.extend(bare_names(&group.stream())),
            TokenTree::Ident(_) | TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
    names
}

/// Whether the identifier at `index` names a value in scope: no path, no macro, no function, no field of
/// something else, and no field of a struct expression.
pub(crate) fn names_a_value(trees: &[TokenTree], index: usize) -> bool {
    let punct = |at: Option<usize>| match at.and_then(|at| trees.get(at)) {
        Some(TokenTree::Punct(punct)) => Some(punct.as_char()),
        _ => None,
    };
    let before = |count: usize| punct(index.checked_sub(count));
    let is_field = before(1) == Some('.') && before(2) != Some('.');
    let is_path = before(1) == Some(':') && before(2) == Some(':');
    let next_is_group = matches!(trees.get(index + 2), Some(TokenTree::Group(_)));
    let is_macro = punct(Some(index + 1)) == Some('!') && next_is_group;
    let is_call = matches!(
        trees.get(index + 1),
        Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Parenthesis
    );
    let is_key = punct(Some(index + 1)) == Some(':');
    !(is_field || is_path || is_macro || is_call || is_key)
}

/// Whether two pieces of syntax are spelled alike.
pub(crate) fn same(a: &impl ToTokens, b: &impl ToTokens) -> bool {
    a.to_token_stream().to_string() == b.to_token_stream().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(text: &str) -> usize {
        cut(text.parse().unwrap()).len()
    }

    #[test]
    fn turbofish_does_not_cut() {
        assert_eq!(pieces("a, b"), 2);
        assert_eq!(pieces("a, b,"), 2);
        assert_eq!(pieces(""), 0);
        assert_eq!(pieces("with = f::<A, B<C, D>>, rest"), 2);
        assert_eq!(pieces("x = f::<fn(A) -> B, C>(1, 2), y"), 2);
        assert_eq!(pieces("x = a < b, y = c > d"), 2);
        assert_eq!(pieces("x = 1 << 2, y = 8 >> 2"), 2);
    }

    #[test]
    fn generics_of_a_type_do_not_cut() {
        assert_eq!(pieces("default = <A<B, C>>::new(), skip"), 2);
        assert_eq!(pieces("as = Pair<A, B>, max = 3"), 2);
        assert_eq!(pieces("header = a::Head<A, B>"), 1);
        assert_eq!(pieces("default = x as Pair<A, B>, skip"), 2);
        assert_eq!(pieces("n: a::Pair<A, B> = 3, m: u8"), 2);
        assert_eq!(pieces("n: bool = a < b, m: bool = c > d"), 2);
        assert_eq!(pieces("x = f(a) < b, y = |c: &A| -> B { c }"), 2);
    }

    #[test]
    fn types_of_one_name() {
        let names = |text: &str| names_type(&text.parse().unwrap(), "Point");
        assert!(names("Point") && names("Vec<(u8, [Point; 2])>") && names("Point<'a, T>"));
        assert!(names("self::Point") && names("Option<Box<self::Point>>"));
        assert!(!names("other::Point") && !names("Vec<crate::Point>") && !names("::Point"));
        assert!(!names("Point::Inner") && !names("Points"));
    }

    #[test]
    fn names_in_scope() {
        let names = |text: &str| {
            let names = bare_names(&text.parse().unwrap());
            names.iter().map(ToString::to_string).collect::<Vec<String>>().join(" ")
        };
        assert_eq!(names("a != b && (c..d).contains(&e.f)"), "a b c d e");
        assert_eq!(names("matches!(kind, Kind::A) || x::y(z)"), "kind z");
        assert_eq!(names("Point { x: a, y: b }"), "Point a b");
        assert_eq!(names("len(body) + len"), "body len");
    }

    #[test]
    fn literals_in_parentheses_are_literals() {
        assert_eq!(integer(&"(0x12c)".parse().unwrap()), Some(300));
        assert_eq!(integer(&"-1".parse().unwrap()), Some(-1));
        assert_eq!(integer(&"b'L'".parse().unwrap()), Some(76));
        assert_eq!(integer(&"1 + 1".parse().unwrap()), None);
        assert_eq!(integer(&"NAME".parse().unwrap()), None);
    }
}
