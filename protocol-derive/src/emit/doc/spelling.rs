//! Types by their spelling: as text, and how many bytes they take if that is known.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Expr, GenericArgument, Lit, PathArguments, PathSegment, Type};

/// Tokens as a person writes them.
pub(super) fn text(syntax: &impl ToTokens) -> String {
    let mut out = String::new();
    write(syntax.to_token_stream(), &mut out);
    out
}

fn write(tokens: TokenStream, out: &mut String) {
    let mut after_word = false;
    for tree in tokens {
        let is_word = matches!(tree, TokenTree::Ident(_) | TokenTree::Literal(_));
        let is_list = matches!(&tree, TokenTree::Group(it) if it.delimiter() == Delimiter::Bracket);
        if (is_word || is_list) && after_word {
            out.push(' ');
        }
        after_word = is_word;
        match tree {
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Brace => ("{ ", " }"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::None => ("", ""),
                };
                out.push_str(open);
                write(group.stream(), out);
                out.push_str(close);
            }
            TokenTree::Punct(punct) => match punct.as_char() {
                ',' => out.push_str(", "),
                ';' => out.push_str("; "),
                mark @ ('+' | '=' | '*' | '/' | '|') => {
                    out.push(' ');
                    out.push(mark);
                    out.push(' ');
                }
                mark => out.push(mark),
            },
            word @ (TokenTree::Ident(_) | TokenTree::Literal(_)) => out.push_str(&word.to_string()),
        }
    }
}

/// A text as code in a cell of a table.
pub(super) fn code(text: &str) -> String {
    format!("`{}`", text.replace('`', "'").replace('|', "\\|").replace('\n', " "))
}

/// The type within parentheses and groups.
pub(super) fn bare(ty: &Type) -> &Type {
    match ty {
        Type::Paren(inner) => bare(&inner.elem),
        Type::Group(inner) => bare(&inner.elem),
        other => other,
    }
}

/// The last name of a path, where a type is one.
pub(super) fn name(ty: &Type) -> Option<&PathSegment> {
    match bare(ty) {
        Type::Path(path) if path.qself.is_none() => path.path.segments.last(),
        _ => None,
    }
}

/// The first type among the arguments of a path: the `T` of `Vec<T>`.
pub(super) fn argument(ty: &Type) -> Option<&Type> {
    match &name(ty)?.arguments {
        PathArguments::AngleBracketed(arguments) => {
            arguments.args.iter().find_map(|argument| match argument {
                GenericArgument::Type(ty) => Some(ty),
                _ => None,
            })
        }
        PathArguments::None | PathArguments::Parenthesized(_) => None,
    }
}

/// How many bytes a type takes whose spelling says it.
pub(super) fn size(ty: &Type) -> Option<u64> {
    match bare(ty) {
        Type::Array(array) => size(&array.elem)?.checked_mul(literal(&array.len)?),
        Type::Tuple(tuple) => {
            tuple.elems.iter().try_fold(0_u64, |sum, ty| sum.checked_add(size(ty)?))
        }
        Type::Path(_) => size_of_name(ty),
        _ => None,
    }
}

fn size_of_name(ty: &Type) -> Option<u64> {
    let name = name(ty)?.ident.to_string();
    match name.as_str() {
        "u8" | "i8" | "bool" | "NonZeroU8" | "NonZeroI8" => Some(1),
        "u16" | "i16" | "NonZeroU16" | "NonZeroI16" => Some(2),
        "U24" => Some(3),
        "u32" | "i32" | "f32" | "char" | "NonZeroU32" | "NonZeroI32" => Some(4),
        "U48" => Some(6),
        "u64" | "i64" | "f64" | "NonZeroU64" | "NonZeroI64" => Some(8),
        "u128" | "i128" | "NonZeroU128" | "NonZeroI128" => Some(16),
        "Box" | "NonZero" | "Be" | "Le" => size(argument(ty)?),
        _ => None,
    }
}

fn literal(length: &Expr) -> Option<u64> {
    match length {
        Expr::Lit(length) => match &length.lit {
            Lit::Int(number) => number.base10_parse().ok(),
            _ => None,
        },
        _ => None,
    }
}

/// The number that tokens are, if they are one.
pub(super) fn number(tokens: &TokenStream) -> Option<u64> {
    literal(&syn::parse2(tokens.clone()).ok()?)
}
