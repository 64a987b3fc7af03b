//! Enums with a layout: variants with their tags, and what stands before their fields.

use proc_macro2::{Ident, TokenStream};
use syn::ext::IdentExt;
use syn::{Member, Type};

use super::Order;
use super::body::{Around, Body, bit_order};
use super::record::depth;
use crate::syntax::{
    self, BitOrder, Discriminant, Prefix, Range, TagWritten, Width, Words, Written,
};

/// An enum: a tag, then the fields of one variant.
pub(crate) struct Choice {
    pub(crate) tag: Integer,
    /// The length of the fields, if it stands between the tag and them.
    pub(crate) len: Option<Integer>,
    pub(crate) variants: Vec<Variant>,
    pub(crate) catch_all: Option<CatchAll>,
    pub(crate) depth: Option<u32>,
}

/// The type and the order of a number that stands before the fields.
#[derive(Clone, Copy)]
pub(crate) struct Integer {
    pub(crate) width: Width,
    pub(crate) order: Order,
}

pub(crate) struct Variant {
    pub(crate) name: Ident,
    pub(crate) tag: Tag,
    pub(crate) body: Body,
}

pub(crate) enum Tag {
    Number(u64),
    /// All of these; one of them is held.
    Range(Range, Box<Holder>),
    /// An expression of the user, which only the compiler can compute.
    Constant(TokenStream),
    /// What the compiler makes of the variant as a number; the enum has no fields.
    Computed,
}

/// The variant of unknown tags.
pub(crate) struct CatchAll {
    pub(crate) name: Ident,
    pub(crate) holder: Holder,
    /// The fields after it.
    pub(crate) body: Body,
}

/// The field of a variant that holds its tag.
pub(crate) struct Holder {
    pub(crate) member: Member,
    pub(crate) ty: Type,
    /// The name in errors.
    pub(crate) name: String,
}

impl Choice {
    pub(super) fn of(
        name: &Ident,
        words: &Words,
        written: Vec<syntax::Variant>,
        order: Order,
    ) -> Choice {
        let mut variants = Vec::new();
        let mut catch_all = None;
        for variant in written {
            match one(variant, name, order, bit_order(words)) {
                Some(One::Variant(variant)) => variants.push(variant),
                Some(One::CatchAll(variant)) => catch_all = Some(*variant),
                None => {}
            }
        }
        let all = variants.iter_mut().flat_map(|variant| &mut variant.body.fields);
        let kept = catch_all.iter_mut().flat_map(|catch_all| &mut catch_all.body.fields);
        let depth = depth(words, all.chain(kept).collect());
        let tag = words.tag.as_ref().map(|tag| Integer::of(tag, order));
        let tag = tag.unwrap_or(Integer { width: Width::U8, order });
        let len = words.body_len.as_ref().map(|len| Integer::of(len, order));
        Choice { tag, len, variants, catch_all, depth }
    }
}

enum One {
    Variant(Variant),
    CatchAll(Box<CatchAll>),
}

/// One variant; none if it lacks the field that would hold its tag, which was reported.
fn one(variant: syntax::Variant, container: &Ident, order: Order, bits: BitOrder) -> Option<One> {
    let syntax::Variant { name, words, body, discriminant, discriminant_tokens: _ } = variant;
    let title = match &words.name {
        Some(name) => format!("{}.", name.value),
        None => format!("{}.", name.unraw()),
    };
    let around = Around { container, prefix: &title, order, bits, header: false };
    let mut written = body.fields.into_iter();
    let holder = |written: &mut dyn Iterator<Item = syntax::Field>| {
        written.next().map(|field| Holder::of(field, &title))
    };
    if words.unknown.is_some() {
        let holder = holder(&mut written)?;
        let body = Body::of(written, None, around);
        return Some(One::CatchAll(Box::new(CatchAll { name, holder, body })));
    }
    let tag = match words.tag_number.map(|tag| tag.value) {
        Some(TagWritten::Number(number)) => Tag::Number(number),
        Some(TagWritten::Range(range)) => Tag::Range(range, Box::new(holder(&mut written)?)),
        Some(TagWritten::Constant(tokens)) => Tag::Constant(tokens),
        None => Tag::of(discriminant),
    };
    let body = Body::of(written, None, around);
    Some(One::Variant(Variant { name, tag, body }))
}

impl Tag {
    fn of(discriminant: Discriminant) -> Tag {
        match discriminant {
            Discriminant::Number(number) => {
                u64::try_from(number).map_or(Tag::Computed, Tag::Number)
            }
            Discriminant::Computed => Tag::Computed,
        }
    }

    /// The field that holds the tag, if it is one of several.
    pub(crate) fn holder(&self) -> Option<&Holder> {
        match self {
            Tag::Range(_, holder) => Some(holder),
            Tag::Number(_) | Tag::Constant(_) | Tag::Computed => None,
        }
    }
}

impl Holder {
    fn of(field: syntax::Field, title: &str) -> Holder {
        let syntax::Field { member, ty, words } = field;
        let own_name = match &member {
            Member::Named(ident) => ident.unraw().to_string(),
            Member::Unnamed(index) => index.index.to_string(),
        };
        let name = words.name.map_or(own_name, |name| name.value);
        Holder { member, ty, name: format!("{title}{name}") }
    }
}

impl Integer {
    fn of(written: &Written<Prefix>, order: Order) -> Integer {
        let Prefix { width, order: own } = written.value;
        Integer { width, order: own.map_or(order, Order::from) }
    }
}
