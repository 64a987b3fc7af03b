//! What every derive knows of its item, even one with mistakes: enough for the heads of the impls.

use proc_macro2::{Ident, TokenStream};
use syn::ext::IdentExt;
use syn::{Generics, Type, WherePredicate};

use super::{Conversation, Duty, HeaderBefore, Order, Reply};
use crate::paths::Runtime;
use crate::syntax::{Body, Derive, Field, IdWidth, Item, Number, NumberWritten, Shape, Trailing};

pub(crate) struct Outline {
    pub(crate) name: Ident,
    pub(crate) generics: Generics,
    /// The bounds that replace ours.
    pub(crate) bounds: Option<Vec<WherePredicate>>,
    /// The type parameters with a field of that type behind a length of its own.
    pub(crate) measured: Vec<Ident>,
    pub(crate) runtime: Runtime,
    /// The name in errors.
    pub(crate) title: String,
    pub(crate) ignores_trailing: bool,
    /// The most bytes of a value.
    pub(crate) max_len: Option<TokenStream>,
    /// The order of the fields that have none of their own.
    pub(crate) order: Order,
    pub(crate) purpose: Purpose,
    /// What stands before it.
    pub(crate) header: Option<HeaderBefore>,
    /// The fields with which it serves as a header itself.
    pub(crate) duties: Vec<Duty>,
    /// Who may send which message in which state.
    pub(crate) conversation: Option<Conversation>,
    /// What answers it.
    pub(crate) reply: Option<Reply>,
    /// Messages with the same number are told apart by nobody.
    pub(crate) is_only_sent: bool,
    /// The version of the layout that is spoken, if not the newest.
    pub(crate) version: Option<TokenStream>,
    /// The fields that are warned of if they cannot grow.
    pub(crate) growing: Vec<Growing>,
}

/// A field whose growth was asked about.
pub(crate) enum Growing {
    /// It takes the rest, because this word says so.
    Rest(Ident),
    /// It may be a list whose elements say nowhere how long they are.
    List(Box<Type>),
}

/// What the derive makes of the item.
pub(crate) enum Purpose {
    Message { id: Id, number: TokenStream },
    Part,
    Protocol { id: Id },
}

/// The type of a number on the wire, and the order of its bytes: big unless something else is said.
#[derive(Clone, Copy)]
pub(crate) struct Id {
    pub(crate) width: IdWidth,
    pub(crate) order: Order,
}

impl Outline {
    pub(crate) fn of(item: &Item) -> Outline {
        let words = &item.words;
        let name = item.name.unraw().to_string();
        let ignored = words.trailing.as_ref().is_some_and(|it| it.value == Trailing::Ignore);
        Outline {
            name: item.name.clone(),
            generics: item.generics.clone(),
            bounds: words.bound.as_ref().map(|bound| bound.value.clone()),
            measured: measured(item),
            runtime: Runtime::new(words.crate_path.as_ref().map(|path| &path.value)),
            purpose: Purpose::of(item, &name),
            title: words.name.as_ref().map_or(name, |name| name.value.clone()),
            ignores_trailing: ignored,
            max_len: words.max_len.as_ref().map(|most| most.value.clone()),
            order: Order::of(words.endian.as_ref()),
            header: HeaderBefore::of(item),
            duties: Duty::all(item),
            conversation: Conversation::of(item),
            reply: Reply::of(words),
            is_only_sent: words.duplicate_ids.is_some(),
            version: words.version.as_ref().map(|version| version.value.clone()),
            growing: growing(item),
        }
    }
}

/// The fields of all bodies.
fn fields(item: &Item) -> impl Iterator<Item = &Field> {
    let bodies: Vec<&Body> = match &item.shape {
        Shape::Struct(body) => vec![body],
        Shape::Enum(variants) => variants.iter().map(|variant| &variant.body).collect(),
        Shape::Refused => Vec::new(),
    };
    bodies.into_iter().flat_map(|body| &body.fields)
}

/// The fields to warn of, if that was asked for.
fn growing(item: &Item) -> Vec<Growing> {
    if item.words.warn.is_none() {
        return Vec::new();
    }
    let mut growing = Vec::new();
    for field in fields(item).filter(|field| field.words.skip.is_none()) {
        let words = &field.words;
        growing.extend(words.rest.as_ref().map(|rest| Growing::Rest(rest.key.clone())));
        let has_lengths = words.item.as_ref().is_some_and(|item| item.value.len.is_some());
        if !has_lengths && words.with.is_none() && words.as_type.is_none() {
            growing.push(Growing::List(Box::new(field.ty.clone())));
        }
    }
    growing
}

/// The type parameters that `len` stands on.
fn measured(item: &Item) -> Vec<Ident> {
    let fields = fields(item);
    let types: Vec<&Type> =
        fields.filter(|field| field.words.len.is_some()).map(|field| &field.ty).collect();
    let is_measured = |param: &Ident| {
        types.iter().any(|ty| matches!(ty, Type::Path(path) if path.path.is_ident(param)))
    };
    item.generics.type_params().map(|it| it.ident.clone()).filter(is_measured).collect()
}

impl Purpose {
    fn of(item: &Item, name: &str) -> Purpose {
        let id = Id::of(item);
        match item.derive {
            Derive::Message => Purpose::Message { id, number: number(&item.number, id, name) },
            Derive::Wire => Purpose::Part,
            Derive::Protocol => Purpose::Protocol { id },
        }
    }
}

impl Id {
    fn of(item: &Item) -> Id {
        let given = item.words.id.as_ref().map(|id| id.value);
        let width = given.map_or(IdWidth::U8, |id| id.width);
        let own = given.and_then(|id| id.order).map(Order::from);
        Id { width, order: own.unwrap_or_else(|| Order::of(item.words.endian.as_ref())) }
    }
}

/// The number as an expression of the id's type.
fn number(number: &NumberWritten, id: Id, name: &str) -> TokenStream {
    match number {
        NumberWritten::Given(Number::Expression(tokens)) => tokens.clone(),
        NumberWritten::Given(Number::Literal { value, tokens }) => {
            match u64::try_from(*value).ok().filter(|value| *value <= id.width.most()) {
                Some(value) => literal(value, tokens),
                None => literal(stand_in(name, id), tokens),
            }
        }
        NumberWritten::Missing | NumberWritten::Broken => {
            literal(stand_in(name, id), &TokenStream::new())
        }
    }
}

fn literal(value: u64, place: &TokenStream) -> TokenStream {
    let mut literal = proc_macro2::Literal::u64_unsuffixed(value);
    literal.set_span(crate::paths::start(place));
    proc_macro2::TokenTree::Literal(literal).into()
}

/// A number for a message whose own was refused. It depends on the name, so that two such messages
/// of a protocol do not make a third error by being the same.
fn stand_in(name: &str, id: Id) -> u64 {
    let hash = name.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    (hash >> 32) % id.width.most() + 1
}
