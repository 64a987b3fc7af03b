//! Structs and enums with a layout: fields in their order, variants with their tags.

use proc_macro2::{Ident, TokenStream};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::{Member, Type};

use super::{Format, Order};
use crate::syntax::{self, Body, Discriminant, TagType, Trailing, Words, mentions};

/// Depth that a type may nest itself in if nothing else is said; the outermost value is 1.
const DEPTH_DEFAULT: u32 = 64;

/// The fields of a struct, in the order of the wire.
pub(crate) struct Record {
    pub(crate) fields: Vec<Field>,
    /// How deep values of the type may stand in each other, where that is counted.
    pub(crate) depth: Option<u32>,
    /// Fields may not be borrowed where they are.
    pub(crate) packed: bool,
}

pub(crate) struct Field {
    pub(crate) member: Member,
    pub(crate) ty: Type,
    /// The name in errors.
    pub(crate) name: String,
    pub(crate) role: Role,
    /// Its bounds would lead back to this type.
    pub(crate) recursive: bool,
}

pub(crate) enum Role {
    Value(Format),
    /// Code of the user writes and reads it.
    With(TokenStream),
    /// Not on the wire; when reading, this expression or the default of its type.
    Skipped(Option<TokenStream>),
}

/// An enum: a tag, then the fields of one variant.
pub(crate) struct Choice {
    pub(crate) tag: TagType,
    pub(crate) order: Order,
    pub(crate) variants: Vec<Variant>,
    pub(crate) catch_all: Option<CatchAll>,
    pub(crate) depth: Option<u32>,
}

pub(crate) struct Variant {
    pub(crate) name: Ident,
    pub(crate) tag: Tag,
    pub(crate) fields: Vec<Field>,
}

pub(crate) enum Tag {
    Number(u64),
    /// What the compiler makes of the variant as a number; the enum has no fields.
    Computed,
}

/// The variant of unknown tags.
pub(crate) struct CatchAll {
    pub(crate) name: Ident,
    /// The field that holds the tag.
    pub(crate) tag: (Member, Type),
    /// The fields after it.
    pub(crate) fields: Vec<Field>,
}

impl Record {
    pub(super) fn of(
        name: &Ident,
        words: &Words,
        packed: bool,
        body: Body,
        order: Order,
    ) -> Record {
        let mut fields = fields(body.fields, name, "", order);
        if let Some(keep) = words.trailing.as_ref().filter(|it| it.value == Trailing::Keep) {
            let last = fields.iter_mut().rev().find(|field| field.is_on_the_wire());
            if let Some(last) = last {
                last.role = Role::Value(Format::rest(keep.key.span(), order));
            }
        }
        let depth = depth(words, fields.iter_mut().collect());
        Record { fields, depth, packed }
    }
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
            let title = match &variant.words.name {
                Some(name) => format!("{}.", name.value),
                None => format!("{}.", variant.name.unraw()),
            };
            let mut written = variant.body.fields.into_iter();
            if variant.words.unknown.is_some() {
                if let Some(tag) = written.next() {
                    let fields = fields(written, name, &title, order);
                    let tag = (tag.member, tag.ty);
                    catch_all = Some(CatchAll { name: variant.name, tag, fields });
                }
            } else {
                let tag = Tag::of(variant.discriminant);
                let fields = fields(written, name, &title, order);
                variants.push(Variant { name: variant.name, tag, fields });
            }
        }
        let all = variants.iter_mut().flat_map(|variant| &mut variant.fields);
        let kept = catch_all.iter_mut().flat_map(|catch_all| &mut catch_all.fields);
        let depth = depth(words, all.chain(kept).collect());
        let tag = words.tag.as_ref().map_or(TagType::U8, |tag| tag.value);
        Choice { tag, order, variants, catch_all, depth }
    }
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
}

impl Field {
    pub(crate) fn is_on_the_wire(&self) -> bool {
        match self.role {
            Role::Value(_) | Role::With(_) => true,
            Role::Skipped(_) => false,
        }
    }
}

fn fields(
    fields: impl IntoIterator<Item = syntax::Field>,
    container: &Ident,
    prefix: &str,
    order: Order,
) -> Vec<Field> {
    fields.into_iter().map(|field| self::field(field, container, prefix, order)).collect()
}

fn field(field: syntax::Field, container: &Ident, prefix: &str, order: Order) -> Field {
    let syntax::Field { member, ty, mut words } = field;
    let own_name = match &member {
        Member::Named(ident) => ident.unraw().to_string(),
        Member::Unnamed(index) => index.index.to_string(),
    };
    let name = words.name.take().map_or(own_name, |name| name.value);
    let tokens = ty.to_token_stream();
    let recursive = mentions(&tokens, &container.to_string()) || mentions(&tokens, "Self");
    let role = match (words.skip.take(), words.with.take()) {
        (Some(_), _) => Role::Skipped(words.default.take().map(|default| default.value)),
        (None, Some(with)) => Role::With(with.value),
        (None, None) => Role::Value(Format::of(words, order)),
    };
    Field { member, ty, name: format!("{prefix}{name}"), role, recursive }
}

/// Counts depth where a field names the type itself, and where `depth` asks for it. In the latter
/// case any field may lead back, so all of them are cut.
fn depth(words: &Words, mut fields: Vec<&mut Field>) -> Option<u32> {
    let asked = words.depth.as_ref().map(|depth| depth.value);
    let recursive = fields.iter().any(|field| field.recursive && field.is_on_the_wire());
    if asked.is_some() && !recursive {
        for field in &mut fields {
            field.recursive = true;
        }
    }
    asked.or(recursive.then_some(DEPTH_DEFAULT))
}
