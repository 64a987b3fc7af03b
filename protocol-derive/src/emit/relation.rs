//! What was said about other fields, as Rust: arithmetic in checked numbers, or the user's own
//! expression with values in place of names.

use proc_macro2::{Group, Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote_spanned};
use syn::Type;

use super::rich;
use crate::model::{Expr, Outline, Root, Target, Term};
use crate::paths::{located, placed};
use crate::plan::{self, Plan};
use crate::syntax::{Op, Relation, integer, names_a_value};

const INTEGERS: &[&str] = &["u8", "u16", "u32", "u64", "i8", "i16", "i32", "i64", "u128", "i128"];

/// Whether values are on their way to the wire, or were just read from it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Put,
    Get,
}

/// What it takes to name values: where they are, and where the tokens claim to stand.
#[derive(Clone, Copy)]
pub(super) struct Values<'c> {
    pub(super) outline: &'c Outline,
    pub(super) plan: &'c Plan<'c>,
    pub(super) side: Side,
    pub(super) span: Span,
}

impl Values<'_> {
    /// The place of a field's value. It stands where the user named it, so that an error about its type is
    /// shown there. An integer makes none, and stands apart: so whoever asks an editor for the name is led to
    /// the field, and not to a variable of ours as well.
    pub(super) fn place(&self, target: &Target) -> TokenStream {
        let span = if self.is_integer(target) { self.span } else { located(target.at) };
        let root = match target.root {
            Root::Header => quote_spanned!(span=> (*__wire_header)),
            Root::Field(index) => Values { span, ..*self }.field(index),
        };
        let inner = target.inner.iter().map(|ident| moved(ident, located(ident.span())));
        quote_spanned!(span=> #root #(.#inner)*)
    }

    fn is_integer(&self, target: &Target) -> bool {
        let Root::Field(index) = target.root else { return false };
        let step = self.plan.steps.get(index).filter(|_| target.inner.is_empty());
        step.is_some_and(|step| match step.ty {
            Type::Path(path) => INTEGERS.iter().any(|name| path.path.is_ident(name)),
            _ => false,
        })
    }

    fn field(&self, index: usize) -> TokenStream {
        match (self.side, self.plan.steps.get(index)) {
            (Side::Put, Some(step)) => placed(step.place.clone(), self.span),
            (Side::Get, _) | (Side::Put, None) => plan::local(index, self.span).into_token_stream(),
        }
    }

    /// A relation as a checked number. `known` is what it was solved for.
    pub(super) fn number(
        &self,
        relation: &Relation<Term>,
        known: Option<&TokenStream>,
    ) -> TokenStream {
        let span = self.span;
        let p = self.outline.runtime.at(span);
        match relation {
            Relation::Constant(tokens) => constant(tokens, &p, span),
            Relation::Value(Term::Known) => known.cloned().unwrap_or_default(),
            Relation::Value(Term::Field(target)) => {
                let place = self.place(target);
                let whole = self.whole(target).map(|ty| quote_spanned!(span=> ::<#ty>));
                quote_spanned!(span=> #p::Checked::of #whole(&#place))
            }
            Relation::Len(term) => self.measure(term, "len"),
            Relation::Count(term) => self.measure(term, "count"),
            Relation::Negative(inner) => {
                let inner = self.number(inner, known);
                quote_spanned!(span=> #inner.negative())
            }
            Relation::Not(inner) => {
                let inner = self.number(inner, known);
                quote_spanned!(span=> #inner.not())
            }
            Relation::Binary(op, left, right) => {
                let (left, right) = (self.number(left, known), self.number(right, known));
                let method = Ident::new(method(*op), span);
                quote_spanned!(span=> #left.#method(#right))
            }
        }
    }

    /// The type of a field as a number: what is none is then the same error wherever it is named.
    pub(super) fn whole(&self, target: &Target) -> Option<TokenStream> {
        match target.root {
            Root::Field(index) if target.inner.is_empty() => {
                Some(rich::whole_field(self.outline, self.plan.steps.get(index)?))
            }
            Root::Field(_) | Root::Header => None,
        }
    }

    /// `len(field)` or `count(field)`.
    fn measure(&self, term: &Term, word: &str) -> TokenStream {
        let (Term::Field(target), span) = (term, self.span) else { return TokenStream::new() };
        let p = self.outline.runtime.at(span);
        let place = self.place(target);
        let step = match target.root {
            Root::Field(index) if target.inner.is_empty() => self.plan.steps.get(index),
            Root::Field(_) | Root::Header => None,
        };
        match (word, step) {
            ("len", Some(step)) => rich::length(self, step, &place),
            _ => quote_spanned!(span=> #p::Checked::of(&#place.len())),
        }
    }

    /// A relation of fields as a checked number.
    pub(super) fn computed(&self, relation: &Relation<Target>) -> TokenStream {
        self.number(&relation.map(&|target| Term::Field(target.clone())), None)
    }

    /// An expression of the user, with values in place of names.
    pub(super) fn rust(&self, tokens: &TokenStream) -> TokenStream {
        let trees: Vec<TokenTree> = tokens.clone().into_iter().collect();
        let mut after = TokenStream::new();
        for (at, tree) in trees.iter().enumerate() {
            match tree {
                TokenTree::Ident(ident) if names_a_value(&trees, at) => {
                    after.extend(self.named(ident).unwrap_or_else(|| tree.to_token_stream()));
                }
                TokenTree::Group(group) => {
                    let mut inner = Group::new(group.delimiter(), self.rust(&group.stream()));
                    inner.set_span(group.span());
                    after.extend([TokenTree::Group(inner)]);
                }
                TokenTree::Ident(_) | TokenTree::Punct(_) | TokenTree::Literal(_) => {
                    after.extend([tree.clone()]);
                }
            }
        }
        after
    }

    /// The value that the user names, at the place where it is named.
    fn named(&self, name: &Ident) -> Option<TokenStream> {
        let span = located(name.span());
        match self.plan.scope.index(name) {
            Some(index) => Some(Values { span, ..*self }.field(index)),
            None if self.plan.scope.has_header() && name == "header" => {
                Some(quote_spanned!(span=> __wire_header))
            }
            None => None,
        }
    }

    /// Whether something holds: an expression of type `bool`, which may return a fault.
    pub(super) fn condition(&self, condition: &Expr) -> TokenStream {
        let span = self.span;
        let p = self.outline.runtime.at(span);
        match condition {
            // As on the other side, so that what is no condition is one error.
            Expr::Rust(tokens, _) if self.side == Side::Put => {
                let rust = self.rust(tokens);
                quote_spanned!(span=> (if #rust { true } else { false }))
            }
            Expr::Rust(tokens, _) => self.rust(tokens),
            Expr::Relation(relation) => {
                let number = self.computed(relation);
                match self.side {
                    Side::Put => quote_spanned!(span=> #p::is_true_in(#number, __wire_w)?),
                    Side::Get => quote_spanned!(span=> __wire_r.is_true(#number)?),
                }
            }
        }
    }
}

fn moved(ident: &Ident, span: Span) -> Ident {
    let mut ident = ident.clone();
    ident.set_span(span);
    ident
}

/// A literal is a number of any size; a constant has a type of its own.
fn constant(tokens: &TokenStream, p: &TokenStream, span: Span) -> TokenStream {
    match integer(tokens) {
        Some(number) => {
            let mut literal = proc_macro2::Literal::i128_unsuffixed(number.saturating_abs());
            literal.set_span(span);
            match number < 0 {
                true => quote_spanned!(span=> #p::Checked::new(#literal).negative()),
                false => quote_spanned!(span=> #p::Checked::new(#literal)),
            }
        }
        None => quote_spanned!(span=> #p::Checked::of(&(#tokens))),
    }
}

fn method(op: Op) -> &'static str {
    match op {
        Op::Or => "or",
        Op::And => "and",
        Op::Equal => "equal",
        Op::Unequal => "unequal",
        Op::Less => "less",
        Op::LessEqual => "less_equal",
        Op::Greater => "greater",
        Op::GreaterEqual => "greater_equal",
        Op::BitOr => "bit_or",
        Op::BitXor => "bit_xor",
        Op::BitAnd => "bit_and",
        Op::ShiftLeft => "shift_left",
        Op::ShiftRight => "shift_right",
        Op::Plus => "plus",
        Op::Minus => "minus",
        Op::Times => "times",
        Op::Divided => "divided",
        Op::Remainder => "remainder",
    }
}
