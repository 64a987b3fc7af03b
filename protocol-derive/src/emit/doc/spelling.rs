//! Types by their spelling: as text, and how many bytes they take if that is known.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Expr, GenericArgument, Lit, PathArguments, PathSegment, Type};

/// Tokens as a person writes them.
pub(in crate::emit) fn text(syntax: &impl ToTokens) -> String {
    let mut out = String::new();
    write(syntax.to_token_stream(), &mut out);
    // Bytes of `magic` are an array behind a reference.
    out.replace("::core::primitive::", "").replacen("*b\"", "b\"", 1)
}

/// What stands directly before a token.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    Word,
    Group,
    Mark,
}

fn write(tokens: TokenStream, out: &mut String) {
    let mut before = Before::Mark;
    let mut marks = String::new();
    for tree in tokens {
        if let TokenTree::Punct(punct) = &tree {
            marks.push(punct.as_char());
            // A tick begins a lifetime, whatever it is joint to.
            if punct.spacing() == Spacing::Joint && punct.as_char() != '\'' {
                continue;
            }
        }
        if !marks.is_empty() {
            write_marks(&std::mem::take(&mut marks), before, out);
            before = Before::Mark;
        }
        before = match tree {
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Brace => ("{ ", " }"),
                    Delimiter::Bracket if before == Before::Word => (" [", "]"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::None => ("", ""),
                };
                out.push_str(open);
                write(group.stream(), out);
                out.push_str(close);
                Before::Group
            }
            TokenTree::Ident(_) | TokenTree::Literal(_) => {
                if before == Before::Word {
                    out.push(' ');
                }
                let word = tree.to_string();
                let is_number = word.starts_with(|letter: char| letter.is_ascii_digit());
                let number = word.strip_suffix("usize").filter(|_| is_number);
                out.push_str(number.unwrap_or(&word));
                Before::Word
            }
            TokenTree::Punct(_) => Before::Mark,
        };
    }
    write_marks(&marks, before, out);
}

/// Marks that stand together, cut into operators. Those between two operands get spaces.
fn write_marks(marks: &str, before: Before, out: &mut String) {
    const LONG: &[&str] =
        &["..=", "..", "::", "->", "=>", "==", "!=", "<=", ">=", "&&", "||", "<<"];
    const SPACED: &str = "-> => == != <= >= && || << + - * / % | & ^ =";
    let mut rest = marks;
    while let Some(first) = rest.chars().next() {
        let long = LONG.iter().find(|long| rest.starts_with(**long)).copied();
        let (operator, after) = rest.split_at(long.map_or(first.len_utf8(), str::len));
        match operator {
            "," | ";" => out.extend([operator, " "]),
            _ if rest.len() == marks.len()
                && before != Before::Mark
                && SPACED.split(' ').any(|it| it == operator) =>
            {
                out.extend([" ", operator, " "]);
            }
            _ => out.push_str(operator),
        }
        rest = after;
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
