//! The small grammar of relations: `n * 2 - 1`, `flags & 1 != 0`, `len(body) + 4`.
//!
//! What it reads is computed in checked numbers at run time, and can be solved for a field. What it
//! does not read is an expression of Rust, and stays what it is.

use proc_macro2::{Delimiter, Ident, Spacing, TokenStream, TokenTree};
use quote::ToTokens;

/// Arithmetic and comparisons over names `N`.
#[derive(Clone)]
pub(crate) enum Relation<N> {
    /// A literal, or a constant of Rust.
    Constant(TokenStream),
    /// The value of a field.
    Value(N),
    /// `len(field)`: the bytes that it takes.
    Len(N),
    /// `count(field)`: the elements that it has.
    Count(N),
    Negative(Box<Relation<N>>),
    Not(Box<Relation<N>>),
    Binary(Op, Box<Relation<N>>, Box<Relation<N>>),
}

/// `n`, or `head.n` for a field of a part.
#[derive(Clone)]
pub(crate) struct Name {
    pub(crate) field: Ident,
    /// The way on from the field.
    pub(crate) inner: Vec<Ident>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Op {
    Or,
    And,
    Equal,
    Unequal,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
    BitOr,
    BitXor,
    BitAnd,
    ShiftLeft,
    ShiftRight,
    Plus,
    Minus,
    Times,
    Divided,
    Remainder,
}

impl Op {
    /// How strongly it binds; what binds alike goes from left to right.
    fn strength(self) -> u8 {
        match self {
            Op::Or => 1,
            Op::And => 2,
            Op::Equal | Op::Unequal | Op::Less | Op::LessEqual | Op::Greater | Op::GreaterEqual => {
                3
            }
            Op::BitOr => 4,
            Op::BitXor => 5,
            Op::BitAnd => 6,
            Op::ShiftLeft | Op::ShiftRight => 7,
            Op::Plus | Op::Minus => 8,
            Op::Times | Op::Divided | Op::Remainder => 9,
        }
    }

    /// Whether it makes a number of numbers, which can go wrong.
    fn is_arithmetic(self) -> bool {
        self.strength() >= 4
    }
}

impl<N> Relation<N> {
    /// All names, in the order in which they are written.
    pub(crate) fn names(&self) -> Vec<&N> {
        match self {
            Relation::Constant(_) => Vec::new(),
            Relation::Value(name) | Relation::Len(name) | Relation::Count(name) => vec![name],
            Relation::Negative(inner) | Relation::Not(inner) => inner.names(),
            Relation::Binary(_, left, right) => {
                let mut names = left.names();
                names.extend(right.names());
                names
            }
        }
    }

    /// Whether it is about numbers: it computes one, or has one written in it.
    pub(crate) fn is_numeric(&self) -> bool {
        match self {
            Relation::Constant(tokens) => super::tokens::integer(tokens).is_some(),
            Relation::Value(_) => false,
            Relation::Len(_) | Relation::Count(_) | Relation::Negative(_) => true,
            Relation::Not(inner) => inner.is_numeric(),
            Relation::Binary(op, left, right) => {
                op.is_arithmetic() || left.is_numeric() || right.is_numeric()
            }
        }
    }

    /// The same over other names.
    pub(crate) fn map<M>(&self, rename: &impl Fn(&N) -> M) -> Relation<M> {
        let boxed = |inner: &Relation<N>| Box::new(inner.map(rename));
        match self {
            Relation::Constant(tokens) => Relation::Constant(tokens.clone()),
            Relation::Value(name) => Relation::Value(rename(name)),
            Relation::Len(name) => Relation::Len(rename(name)),
            Relation::Count(name) => Relation::Count(rename(name)),
            Relation::Negative(inner) => Relation::Negative(boxed(inner)),
            Relation::Not(inner) => Relation::Not(boxed(inner)),
            Relation::Binary(op, left, right) => Relation::Binary(*op, boxed(left), boxed(right)),
        }
    }
}

/// Reads a relation; nothing if the tokens are another expression.
pub(crate) fn relation(tokens: &TokenStream) -> Option<Relation<Name>> {
    let mut parser = Parser { trees: flattened(tokens), at: 0 };
    let relation = parser.expression(0)?;
    parser.peek(0).is_none().then_some(relation)
}

/// The trees without groups that delimit nothing: tokens out of `macro_rules` come in such.
fn flattened(tokens: &TokenStream) -> Vec<TokenTree> {
    let mut trees = Vec::new();
    for tree in tokens.clone() {
        match &tree {
            TokenTree::Group(group) if group.delimiter() == Delimiter::None => {
                // What stood together in the group stays together.
                let inner = flattened(&group.stream());
                match inner.as_slice() {
                    [_] => trees.extend(inner),
                    _ => {
                        let stream = inner.into_iter().collect();
                        let whole = proc_macro2::Group::new(Delimiter::Parenthesis, stream);
                        trees.push(TokenTree::Group(whole));
                    }
                }
            }
            _ => trees.push(tree),
        }
    }
    trees
}

struct Parser {
    trees: Vec<TokenTree>,
    at: usize,
}

impl Parser {
    fn peek(&self, ahead: usize) -> Option<&TokenTree> {
        self.trees.get(self.at + ahead)
    }

    fn is_punct(&self, ahead: usize, wanted: char) -> bool {
        matches!(self.peek(ahead), Some(TokenTree::Punct(punct)) if punct.as_char() == wanted)
    }

    /// Operands joined by operators that bind at least as strongly as `least`.
    fn expression(&mut self, least: u8) -> Option<Relation<Name>> {
        let mut left = self.operand()?;
        while let Some((op, length)) = self.operator() {
            if op.strength() < least {
                break;
            }
            self.at += length;
            let right = self.expression(op.strength() + 1)?;
            left = Relation::Binary(op, Box::new(left), Box::new(right));
        }
        Some(left)
    }

    /// The operator that comes next, and of how many tokens it is.
    fn operator(&self) -> Option<(Op, usize)> {
        const TWO: &[(&str, Op)] = &[
            ("||", Op::Or),
            ("&&", Op::And),
            ("==", Op::Equal),
            ("!=", Op::Unequal),
            ("<=", Op::LessEqual),
            (">=", Op::GreaterEqual),
            ("<<", Op::ShiftLeft),
            (">>", Op::ShiftRight),
        ];
        const ONE: &[(char, Op)] = &[
            ('<', Op::Less),
            ('>', Op::Greater),
            ('|', Op::BitOr),
            ('^', Op::BitXor),
            ('&', Op::BitAnd),
            ('+', Op::Plus),
            ('-', Op::Minus),
            ('*', Op::Times),
            ('/', Op::Divided),
            ('%', Op::Remainder),
        ];
        let Some(TokenTree::Punct(first)) = self.peek(0) else { return None };
        if let (Spacing::Joint, Some(TokenTree::Punct(second))) = (first.spacing(), self.peek(1)) {
            let both = [first.as_char(), second.as_char()];
            let two = TWO.iter().find(|(text, _)| text.chars().eq(both));
            if let Some((_, op)) = two {
                return Some((*op, 2));
            }
        }
        ONE.iter().find(|(char, _)| *char == first.as_char()).map(|(_, op)| (*op, 1))
    }

    fn operand(&mut self) -> Option<Relation<Name>> {
        let tree = self.peek(0)?.clone();
        self.at += 1;
        match tree {
            TokenTree::Literal(literal) => number(literal.to_token_stream()),
            TokenTree::Group(group) => match group.delimiter() {
                Delimiter::Parenthesis => relation(&group.stream()),
                Delimiter::Brace => Some(Relation::Constant(group.to_token_stream())),
                Delimiter::Bracket | Delimiter::None => None,
            },
            TokenTree::Punct(punct) if punct.as_char() == '-' => {
                Some(Relation::Negative(Box::new(self.operand()?)))
            }
            TokenTree::Punct(punct) if punct.as_char() == '!' => {
                Some(Relation::Not(Box::new(self.operand()?)))
            }
            TokenTree::Punct(punct) if punct.as_char() == ':' => {
                self.at -= 1;
                self.path(TokenStream::new())
            }
            TokenTree::Punct(_) => None,
            TokenTree::Ident(ident) => self.named(ident),
        }
    }

    /// A field, a field of a part, `len(field)`, or a path to a constant.
    fn named(&mut self, ident: Ident) -> Option<Relation<Name>> {
        if ident == "true" || ident == "false" {
            return Some(Relation::Constant(ident.into_token_stream()));
        }
        if self.is_punct(0, ':') {
            return self.path(ident.into_token_stream());
        }
        if let Some(TokenTree::Group(group)) = self.peek(0) {
            let inner = relation(&group.stream());
            self.at += 1;
            return match (ident.to_string().as_str(), inner?) {
                ("len", Relation::Value(name)) => Some(Relation::Len(name)),
                ("count", Relation::Value(name)) => Some(Relation::Count(name)),
                _ => None,
            };
        }
        let mut name = Name { field: ident, inner: Vec::new() };
        while self.is_punct(0, '.') {
            let Some(TokenTree::Ident(inner)) = self.peek(1).cloned() else { return None };
            if matches!(self.peek(2), Some(TokenTree::Group(_))) {
                return None;
            }
            name.inner.push(inner);
            self.at += 2;
        }
        Some(Relation::Value(name))
    }

    /// `Self::N`, `ids::LOGIN`, `size_of::<T>`: a path with its generic arguments, without a call.
    fn path(&mut self, mut path: TokenStream) -> Option<Relation<Name>> {
        while self.is_punct(0, ':') && self.is_punct(1, ':') {
            let Some(TokenTree::Ident(_)) = self.peek(2) else { return None };
            let taken = self.trees.get(self.at..self.at + 3)?;
            path.extend(taken.iter().cloned());
            self.at += 3;
        }
        let is_call = matches!(self.peek(0), Some(TokenTree::Group(_))) || self.is_punct(0, '!');
        (!is_call && !self.is_punct(0, ':')).then_some(Relation::Constant(path))
    }
}

/// A whole number, with or without a suffix, or a byte.
fn number(tokens: TokenStream) -> Option<Relation<Name>> {
    super::tokens::integer(&tokens).map(|_| Relation::Constant(tokens))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The relation in prefix form.
    fn shown(text: &str) -> String {
        fn show(relation: &Relation<Name>) -> String {
            match relation {
                Relation::Constant(tokens) => tokens.to_string().replace(' ', ""),
                Relation::Value(name) => {
                    let inner = name.inner.iter().map(|ident| format!(".{ident}"));
                    format!("{}{}", name.field, inner.collect::<String>())
                }
                Relation::Len(name) => format!("len:{}", name.field),
                Relation::Count(name) => format!("count:{}", name.field),
                Relation::Negative(inner) => format!("(neg {})", show(inner)),
                Relation::Not(inner) => format!("(not {})", show(inner)),
                Relation::Binary(op, left, right) => {
                    format!("({op:?} {} {})", show(left), show(right))
                }
            }
        }
        relation(&text.parse().unwrap()).map_or("no relation".to_owned(), |it| show(&it))
    }

    #[test]
    fn operators_bind_as_in_rust() {
        assert_eq!(shown("n * 2 - 1"), "(Minus (Times n 2) 1)");
        assert_eq!(shown("a - b - c"), "(Minus (Minus a b) c)");
        assert_eq!(shown("flags & 1 != 0"), "(Unequal (BitAnd flags 1) 0)");
        assert_eq!(shown("(a + b) * -c"), "(Times (Plus a b) (neg c))");
        assert_eq!(
            shown("a >> 2 >= 1 && !b || c"),
            "(Or (And (GreaterEqual (ShiftRight a 2) 1) (not b)) c)"
        );
        assert_eq!(shown("len(body) / 4 + head.n"), "(Plus (Divided len:body 4) head.n)");
        assert_eq!(shown("n - Self::EXTRA"), "(Minus n Self::EXTRA)");
    }

    #[test]
    fn other_expressions_are_not_relations() {
        for text in
            ["name.len()", "matches!(kind, Kind::A)", "f(x)", "a as u8", "x[0]", "\"a\"", "a +"]
        {
            assert_eq!(shown(text), "no relation", "{text}");
        }
    }
}
