//! The fields of a struct or a variant, in the order of the wire.
//!
//! What stands on the wire only (a count before a list, padding, magic bytes) is a field like the
//! others here, without a member of the struct.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote_spanned};
use syn::ext::IdentExt;
use syn::{Member, Type};

use super::expr::{Expr, Scope, Target};
use super::format::{Extent, Format, Order};
use super::solve::{self, Derivation};
use crate::syntax::{
    self, BitOrder, BitWidth, Check, Checksum, Claim, Magic, Measure, OnWire, OnWireValue, Prefix,
};
use crate::syntax::{Relation, Words, Written, mentions, names_type};

/// The fields of one body, and what of them is derived from others on writing.
pub(crate) struct Body {
    pub(crate) fields: Vec<Field>,
    pub(crate) derivations: Vec<Derivation>,
    pub(crate) scope: Scope,
}

pub(crate) struct Field {
    pub(crate) place: Place,
    pub(crate) ty: Type,
    /// The name in errors.
    pub(crate) name: String,
    pub(crate) role: Role,
    /// Its bounds would lead back to this type.
    pub(crate) recursive: bool,
}

/// Where a value is when it is not on the wire.
pub(crate) enum Place {
    Member(Member),
    /// Nowhere: it is on the wire only.
    Wire,
}

pub(crate) enum Role {
    Value(Box<Value>),
    Skipped(Elsewhere),
}

/// Where the value of a field comes from that does not stand in the body.
pub(crate) enum Elsewhere {
    /// The default of its type.
    Default,
    Expression(TokenStream),
    /// This field of the header, where it stands instead.
    Header(Member),
}

/// A field on the wire.
pub(crate) struct Value {
    pub(crate) codec: Codec,
    pub(crate) presence: Presence,
    pub(crate) source: Source,
    pub(crate) range: Option<TokenStream>,
    pub(crate) check: Option<Check>,
    pub(crate) secret: bool,
}

/// How the bytes of a value are made.
pub(crate) enum Codec {
    Format(Format),
    /// A sequence whose length or count is told by earlier fields.
    Told {
        format: Format,
        units: Relation<Target>,
    },
    /// An enum whose tag is told by earlier fields.
    Tagged {
        tag: Relation<Target>,
        order: Order,
        extent: BodyExtent,
        word: Span,
    },
    /// Code of the user.
    With(TokenStream),
    /// A few bits of whole bytes that it shares with its neighbours.
    Bits(BitWidth, BitOrder),
    /// In an order that earlier fields tell.
    Ordered {
        order: Expr,
        big: Format,
        little: Format,
    },
    /// So many zero bytes.
    Zeros(TokenStream),
    /// Zero bytes up to a multiple of this.
    Align(TokenStream),
}

/// Where the fields of an enum end whose tag stands elsewhere.
pub(crate) enum BodyExtent {
    /// They say so themselves.
    Own,
    Told(Relation<Target>),
    Prefix(Extent),
}

pub(crate) enum Presence {
    Always,
    If(Condition),
    /// If bytes are left.
    Tail,
    /// From a version on, or before one.
    Versions(Versions),
}

/// When a field is there.
pub(crate) struct Condition {
    pub(crate) holds: Expr,
    /// The same as a relation, if it is one: it may say what a flag must be.
    pub(crate) relation: Option<Relation<Target>>,
}

pub(crate) struct Versions {
    pub(crate) since: Option<TokenStream>,
    pub(crate) removed: Option<TokenStream>,
    pub(crate) default: Option<TokenStream>,
}

/// Where a value comes from on writing, and what is compared with it on reading.
pub(crate) enum Source {
    /// It is what the member holds; or a derivation says what it is.
    Stored,
    Computed(Expr),
    Checksum {
        function: TokenStream,
        first: usize,
        last: usize,
    },
    /// The default of its type, and nothing else.
    Blank,
}

impl Value {
    /// A value of its own format, of which nothing else was said.
    pub(crate) fn plain(format: Format) -> Value {
        Value {
            codec: Codec::Format(format),
            presence: Presence::Always,
            source: Source::Stored,
            range: None,
            check: None,
            secret: false,
        }
    }

    /// Its format, if nothing else was said of it.
    pub(crate) fn only_format(&self) -> Option<&Format> {
        match self {
            Value {
                codec: Codec::Format(format),
                presence: Presence::Always,
                source: Source::Stored,
                range: None,
                check: None,
                secret: false,
            } => Some(format),
            _ => None,
        }
    }
}

impl Field {
    pub(crate) fn is_on_the_wire(&self) -> bool {
        match self.role {
            Role::Value(_) => true,
            Role::Skipped(_) => false,
        }
    }

    pub(crate) fn member(&self) -> Option<&Member> {
        match &self.place {
            Place::Member(member) => Some(member),
            Place::Wire => None,
        }
    }
}

/// What a body stands in.
#[derive(Clone, Copy)]
pub(crate) struct Around<'a> {
    pub(crate) container: &'a Ident,
    /// What stands before the names of the fields in errors.
    pub(crate) prefix: &'a str,
    pub(crate) order: Order,
    pub(crate) bits: BitOrder,
    /// Whether relations may name fields of the header.
    pub(crate) header: bool,
}

/// The order of the bits of a container; if it says nothing, that of most specifications.
pub(super) fn bit_order(words: &Words) -> BitOrder {
    words.bit_order.as_ref().map_or(BitOrder::Msb, |order| order.value)
}

impl Body {
    pub(super) fn of(
        fields: impl IntoIterator<Item = syntax::Field>,
        magic: Option<&Written<Magic>>,
        around: Around<'_>,
    ) -> Body {
        let fields: Vec<syntax::Field> = fields.into_iter().collect();
        let scope = Scope::of(&fields, magic.is_some(), around.header);
        let mut slots = Vec::new();
        slots.extend(magic.map(|magic| magic_bytes(&magic.value, around)));
        for field in fields {
            slots_of(field, &scope, around, &mut slots);
        }
        let derivations = solve::derivations(&slots);
        Body { fields: slots, derivations, scope }
    }
}

/// The slots of one field: what stands before it, itself, and what stands after it.
fn slots_of(field: syntax::Field, scope: &Scope, around: Around<'_>, slots: &mut Vec<Field>) {
    let syntax::Field { member, ty, mut words } = field;
    let named = |own: String, words: &mut Words| words.name.take().map_or(own, |name| name.value);
    let own_name = match &member {
        Member::Named(ident) => ident.unraw().to_string(),
        Member::Unnamed(index) => index.index.to_string(),
    };
    let name = format!("{}{}", around.prefix, named(own_name, &mut words));
    let before = words.before.take().map_or(Vec::new(), |before| before.value);
    let after = words.after.take().map_or(Vec::new(), |after| after.value);
    slots.extend(before.into_iter().map(|it| on_wire(it, scope, around)));
    let gap = |codec: Codec, key: &Ident| gap(codec, key, around);
    slots.extend(words.align.take().map(|it| gap(Codec::Align(it.value), &it.key)));
    slots.extend(words.pad.take().map(|it| gap(Codec::Zeros(it.value), &it.key)));
    slots.extend(words.magic.take().map(|it| magic_bytes(&it.value, around)));
    let tokens = ty.to_token_stream();
    let container = around.container.to_string();
    let recursive = names_type(&tokens, &container) || mentions(&tokens, "Self");
    let role = role(words, scope, around);
    slots.push(Field { place: Place::Member(member), ty, name, role, recursive });
    slots.extend(after.into_iter().map(|it| on_wire(it, scope, around)));
}

fn role(mut words: Words, scope: &Scope, around: Around<'_>) -> Role {
    if let Some(field) = words.header_field.take() {
        return Role::Skipped(Elsewhere::Header(field.value));
    }
    if words.skip.is_some() {
        return Role::Skipped(match words.default.take() {
            Some(default) => Elsewhere::Expression(default.value),
            None => Elsewhere::Default,
        });
    }
    let presence = presence(&mut words, scope);
    let source = match (words.value.take(), words.checksum.take(), &words.blank) {
        (Some(value), _, _) => Source::Computed(scope.expr(value.value)),
        (None, Some(checksum), _) => source_of_checksum(checksum.value, scope),
        (None, None, Some(_)) => Source::Blank,
        (None, None, None) => Source::Stored,
    };
    let (range, check) = (words.range.take(), words.check.take());
    Role::Value(Box::new(Value {
        presence,
        source,
        range: range.map(|range| range.value),
        check: check.map(|check| check.value),
        secret: words.secret.is_some(),
        codec: codec(words, scope, around),
    }))
}

fn presence(words: &mut Words, scope: &Scope) -> Presence {
    let (since, removed) = (words.since.take(), words.removed.take());
    if let Some(condition) = words.condition.take() {
        let relation = scope.relation(&condition.value);
        Presence::If(Condition { holds: scope.expr(condition.value), relation })
    } else if words.optional_tail.is_some() {
        Presence::Tail
    } else if since.is_some() || removed.is_some() {
        Presence::Versions(Versions {
            since: since.map(|it| it.value),
            removed: removed.map(|it| it.value),
            default: words.default.take().map(|it| it.value),
        })
    } else {
        Presence::Always
    }
}

fn codec(mut words: Words, scope: &Scope, around: Around<'_>) -> Codec {
    let outer = around.order;
    if let Some(bits) = words.bits.take() {
        return Codec::Bits(bits.value, around.bits);
    }
    if let Some(with) = words.with.take() {
        return Codec::With(with.value);
    }
    let units =
        words.len.as_ref().or(words.count.as_ref()).and_then(|measure| told(&measure.value, scope));
    if let Some(tag) = words.tag_of.take() {
        let order = Order::of(words.endian.as_ref()).within(outer);
        let extent = match (units, words.len.take()) {
            (Some(units), _) => BodyExtent::Told(units),
            (None, Some(len)) => BodyExtent::Prefix(Extent::of(len.value, order)),
            (None, None) => BodyExtent::Own,
        };
        let word = tag.key.span();
        return Codec::Tagged { tag: scope.relation_or_constant(tag.value), order, extent, word };
    }
    if let Some(order) = words.order_of.take() {
        let order = scope.rust(order.value.tokens);
        let format = Format::of(words, Order::Inherited);
        let (big, little) = (format.in_order(Order::Big), format.in_order(Order::Little));
        return Codec::Ordered { order, big, little };
    }
    match (Format::of(words, outer), units) {
        (format, Some(units)) if format.seq().is_some() => {
            Codec::Told { format: format.told(), units }
        }
        (format, _) => Codec::Format(format),
    }
}

/// The relation that tells an extent; nothing if it is a prefix or a constant.
fn told(measure: &Measure, scope: &Scope) -> Option<Relation<Target>> {
    match measure {
        Measure::Prefix(Prefix { .. }) => None,
        Measure::Claim(claim) => {
            let relation = scope.relation(claim)?;
            (!relation.names().is_empty()).then_some(relation)
        }
    }
}

fn source_of_checksum(checksum: Checksum, scope: &Scope) -> Source {
    let Checksum { function, first, last } = checksum;
    // Names that are not there were reported.
    let index = |ident: &Ident| scope.index(ident).unwrap_or(0);
    Source::Checksum { function, first: index(&first), last: index(&last) }
}

/// A value that is on the wire only.
fn on_wire(declared: OnWire, scope: &Scope, around: Around<'_>) -> Field {
    let OnWire { name, ty, value } = declared;
    let source = match value {
        None => Source::Stored,
        Some(OnWireValue::Claim(claim)) => Source::Computed(scope.expr(claim)),
        Some(OnWireValue::Checksum(checksum)) => source_of_checksum(checksum, scope),
    };
    let value = Value { source, ..Value::plain(Format::Own(around.order)) };
    Field {
        name: format!("{}{}", around.prefix, name.unraw()),
        place: Place::Wire,
        ty,
        role: Role::Value(Box::new(value)),
        recursive: false,
    }
}

/// Bytes without a meaning, because `key` says so.
fn gap(codec: Codec, key: &Ident, around: Around<'_>) -> Field {
    let span = key.span();
    Field {
        name: format!("{}{key}", around.prefix),
        place: Place::Wire,
        ty: Type::Verbatim(quote_spanned!(span=> ())),
        role: Role::Value(Box::new(Value { codec, ..Value::plain(Format::Own(around.order)) })),
        recursive: false,
    }
}

/// Constant bytes before what follows.
fn magic_bytes(magic: &Magic, around: Around<'_>) -> Field {
    let constant = Claim { tokens: magic.value.clone(), relation: None };
    let source = Source::Computed(Expr::of_rust(constant.tokens));
    let value = Value { source, ..Value::plain(Format::Own(around.order)) };
    Field {
        name: format!("{}magic", around.prefix),
        place: Place::Wire,
        ty: magic.ty.clone(),
        role: Role::Value(Box::new(value)),
        recursive: false,
    }
}
