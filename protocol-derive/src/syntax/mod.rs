//! What was written: the item with its attributes as typed words.
//!
//! Reports what cannot be read (an unknown word, a value of the wrong kind, a word given twice).
//! Whether the words go together is the business of `check`.

mod attribute;
mod bits;
mod claim;
mod conversation;
mod discriminant;
mod header;
mod number;
mod relation;
mod tag;
mod tokens;
mod value;
mod words;

pub(crate) use bits::{BitOrder, BitWidth};
pub(crate) use claim::{Check, Checksum, Claim, Magic, OnWire, OnWireValue};
pub(crate) use conversation::{Side, StateName};
pub(crate) use discriminant::Discriminant;
pub(crate) use header::{Counted, HeaderRole, Of};
pub(crate) use number::{Number, NumberWritten};
pub(crate) use relation::{Name, Op, Relation};
pub(crate) use tag::TagWritten;
pub(crate) use tokens::{
    bare_names, cut, integer, mentions, names_a_value, names_type, peel, same,
};
pub(crate) use value::{ByteOrder, IdWidth, Measure, Prefix, Range, Trailing, Width};
pub(crate) use words::{Words, Written};

use proc_macro2::{Ident, Span, TokenStream};
use quote::ToTokens;
use syn::{Data, DeriveInput, Fields, Generics, Member, Type};

use crate::errors::{Errors, catalogue};
use crate::words::Place;

/// Which derive was asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Derive {
    Message,
    Wire,
    Protocol,
}

impl Derive {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Derive::Message => "Message",
            Derive::Wire => "Wire",
            Derive::Protocol => "Protocol",
        }
    }
}

/// A struct or an enum with its words.
pub(crate) struct Item {
    pub(crate) derive: Derive,
    pub(crate) name: Ident,
    pub(crate) generics: Generics,
    pub(crate) words: Words,
    pub(crate) number: NumberWritten,
    pub(crate) packed: bool,
    pub(crate) shape: Shape,
}

pub(crate) enum Shape {
    Struct(Body),
    Enum(Vec<Variant>),
    /// Neither can be derived for this; it was reported.
    Refused,
}

pub(crate) struct Variant {
    pub(crate) name: Ident,
    pub(crate) words: Words,
    pub(crate) body: Body,
    pub(crate) discriminant: Discriminant,
    /// The discriminant as written, to point at.
    pub(crate) discriminant_tokens: Option<TokenStream>,
}

/// The fields of a struct or a variant.
pub(crate) struct Body {
    pub(crate) style: Style,
    pub(crate) fields: Vec<Field>,
    /// The fields with their braces or parentheses, to point at.
    pub(crate) tokens: TokenStream,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Style {
    Named,
    Tuple,
    Unit,
}

pub(crate) struct Field {
    pub(crate) member: Member,
    pub(crate) ty: Type,
    pub(crate) words: Words,
}

impl Body {
    /// The type of the field of a tuple of one.
    pub(crate) fn only_type(&self) -> Option<&Type> {
        match (self.style, self.fields.as_slice()) {
            (Style::Tuple, [field]) => Some(&field.ty),
            (Style::Named | Style::Tuple | Style::Unit, _) => None,
        }
    }

    /// The fields that take part in the format.
    pub(crate) fn on_the_wire(&self) -> impl Iterator<Item = &Field> {
        self.fields
            .iter()
            .filter(|field| field.words.skip.is_none() && field.words.header_field.is_none())
    }
}

/// Reads the item that a derive stands on.
pub(crate) fn read(derive: Derive, input: DeriveInput, errors: &mut Errors) -> Item {
    let place = match container_place(derive, &input) {
        Ok(place) => place,
        Err((span, text)) => {
            errors.report_at(span, text);
            return refused(derive, input);
        }
    };
    let number = number::read(&input, derive, errors);
    let words = Words::read(&input.attrs, place, errors);
    let packed = is_packed(&input.attrs);
    let shape = match input.data {
        Data::Struct(data) => Shape::Struct(body(data.fields, Place::Field, errors)),
        Data::Enum(data) => {
            let discriminants = discriminant::of(&data.variants);
            let variants = data.variants.into_iter().zip(discriminants);
            Shape::Enum(variants.map(|(it, number)| variant(it, number, derive, errors)).collect())
        }
        Data::Union(_) => Shape::Refused,
    };
    let (name, generics) = (input.ident, input.generics);
    Item { derive, name, generics, words, number, packed, shape }
}

/// Which words a container may carry, or why the derive does not go on it.
fn container_place(derive: Derive, input: &DeriveInput) -> Result<Place, (Span, String)> {
    match (derive, &input.data) {
        (Derive::Message, Data::Struct(_)) => Ok(Place::Message),
        (Derive::Wire, Data::Struct(_)) => Ok(Place::PartStruct),
        (Derive::Wire, Data::Enum(_)) => Ok(Place::PartEnum),
        (Derive::Protocol, Data::Enum(_)) => Ok(Place::Protocol),
        (Derive::Message, Data::Enum(_)) => {
            Err((input.ident.span(), catalogue::message_on_enum(&input.ident)))
        }
        (Derive::Protocol, Data::Struct(_) | Data::Union(_)) => {
            Err((input.ident.span(), catalogue::PROTOCOL_ON_STRUCT.to_owned()))
        }
        (Derive::Message | Derive::Wire, Data::Union(data)) => {
            Err((data.union_token.span, catalogue::UNION.to_owned()))
        }
    }
}

fn refused(derive: Derive, input: DeriveInput) -> Item {
    Item {
        derive,
        name: input.ident,
        generics: input.generics,
        words: Words::default(),
        number: NumberWritten::Broken,
        packed: false,
        shape: Shape::Refused,
    }
}

fn variant(
    variant: syn::Variant,
    discriminant: Discriminant,
    derive: Derive,
    errors: &mut Errors,
) -> Variant {
    let (place, field_place) = match derive {
        Derive::Protocol => (Place::ProtocolVariant, Place::ProtocolField),
        Derive::Message | Derive::Wire => (Place::Variant, Place::Field),
    };
    number::refuse_on_variant(&variant, derive, errors);
    Variant {
        words: Words::read(&variant.attrs, place, errors),
        body: body(variant.fields, field_place, errors),
        discriminant,
        discriminant_tokens: variant.discriminant.map(|(_, value)| value.into_token_stream()),
        name: variant.ident,
    }
}

fn body(fields: Fields, place: Place, errors: &mut Errors) -> Body {
    let (style, tokens) = match &fields {
        Fields::Named(fields) => (Style::Named, fields.to_token_stream()),
        Fields::Unnamed(fields) => (Style::Tuple, fields.to_token_stream()),
        Fields::Unit => (Style::Unit, TokenStream::new()),
    };
    let members: Vec<Member> = fields.members().collect();
    let fields = members
        .into_iter()
        .zip(fields)
        .map(|(member, field)| {
            number::refuse_on_field(&field.attrs, &member, errors);
            Field { words: Words::read(&field.attrs, place, errors), member, ty: field.ty }
        })
        .collect();
    Body { style, fields, tokens }
}

/// Whether `#[repr(packed)]` stands on the item: then no reference to a field may be made.
fn is_packed(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().filter(|attribute| attribute.path().is_ident("repr")).any(|attribute| {
        attribute.meta.require_list().is_ok_and(|list| mentions(&list.tokens, "packed"))
    })
}
