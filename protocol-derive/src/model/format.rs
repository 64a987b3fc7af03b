//! The format of a field: its type's own, or a sequence with a chosen extent.

use proc_macro2::{Span, TokenStream};
use syn::Type;

use crate::syntax::{ByteOrder, Measure, Prefix, Width, Words, Written};

/// The order of bytes. What says nothing inherits that of what it stands in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Order {
    Inherited,
    Big,
    Little,
}

#[derive(Clone)]
pub(crate) enum Format {
    /// The layout of the type itself.
    Own(Order),
    Seq(Box<Seq>),
    /// That of another type, to which the value is converted.
    As(Box<Type>, Box<Format>),
}

/// Something with many elements, or many bytes.
#[derive(Clone)]
pub(crate) struct Seq {
    /// The word that asked for it.
    pub(crate) word: Span,
    pub(crate) unit: Unit,
    pub(crate) extent: Extent,
    pub(crate) limits: Option<Limits>,
    pub(crate) item: Format,
    pub(crate) key: Format,
    /// Which of both was written.
    pub(crate) inner_words: Vec<&'static str>,
}

/// What the extent counts, by the word that was used.
#[derive(Clone)]
pub(crate) enum Unit {
    ByLen,
    ByCount,
    ByRest,
    /// Up to a byte that ends it.
    Until(TokenStream),
    /// In a field of so many bytes.
    PadTo(TokenStream),
    /// What the type counts by default.
    Plain,
}

/// Where the end is.
#[derive(Clone)]
pub(crate) enum Extent {
    Prefix(Width, Order),
    Exactly(TokenStream, Order),
    Rest(Order),
    /// No number says it here: earlier fields do, or the word itself.
    Elsewhere(Order),
}

#[derive(Clone)]
pub(crate) struct Limits {
    pub(crate) min: Option<TokenStream>,
    pub(crate) max: Option<TokenStream>,
}

impl Order {
    pub(crate) fn of(endian: Option<&Written<ByteOrder>>) -> Order {
        endian.map_or(Order::Inherited, |written| Order::from(written.value))
    }

    /// This order, or `outer` where this one says nothing.
    pub(super) fn within(self, outer: Order) -> Order {
        match self {
            Order::Inherited => outer,
            Order::Big | Order::Little => self,
        }
    }
}

impl From<ByteOrder> for Order {
    fn from(order: ByteOrder) -> Order {
        match order {
            ByteOrder::Big => Order::Big,
            ByteOrder::Little => Order::Little,
        }
    }
}

impl Format {
    /// The format that the words choose for something in an order.
    pub(crate) fn of(mut words: Words, outer: Order) -> Format {
        if let Some(other) = words.as_type.take() {
            return Format::As(Box::new(other.value), Box::new(Format::of(words, outer)));
        }
        let order = Order::of(words.endian.as_ref()).within(outer);
        let word = words.formats().first().map(|(_, key)| key.span());
        let (unit, extent) = if let Some(len) = words.len {
            (Unit::ByLen, Extent::of(len.value, order))
        } else if let Some(count) = words.count {
            (Unit::ByCount, Extent::of(count.value, order))
        } else if words.rest.is_some() {
            (Unit::ByRest, Extent::Rest(order))
        } else if let Some(end) = words.until {
            (Unit::Until(end.value), Extent::Elsewhere(order))
        } else if let Some(width) = words.pad_to {
            (Unit::PadTo(width.value), Extent::Elsewhere(order))
        } else {
            (Unit::Plain, Extent::Prefix(Width::U32, order))
        };
        let limits = Limits::of(words.min, words.max);
        let plain = matches!(unit, Unit::Plain) && limits.is_none();
        let Some(word) = word.filter(|_| !plain || words.item.is_some() || words.key.is_some())
        else {
            return Format::Own(order);
        };
        let inner_words = [("item", &words.item), ("key", &words.key)]
            .into_iter()
            .filter_map(|(word, written)| written.as_ref().map(|_| word))
            .collect();
        let inner = |words: Option<Written<Box<Words>>>| match words {
            Some(written) => Format::of(*written.value, order),
            None => Format::Own(order),
        };
        let (item, key) = (inner(words.item), inner(words.key));
        Format::Seq(Box::new(Seq { word, unit, extent, limits, item, key, inner_words }))
    }

    /// The same where `outer` is the order that was inherited.
    pub(super) fn in_order(&self, outer: Order) -> Format {
        match self {
            Format::Own(order) => Format::Own(order.within(outer)),
            Format::Seq(seq) => Format::Seq(Box::new(Seq {
                extent: seq.extent.in_order(outer),
                item: seq.item.in_order(outer),
                key: seq.key.in_order(outer),
                ..(**seq).clone()
            })),
            Format::As(other, format) => {
                Format::As(other.clone(), Box::new(format.in_order(outer)))
            }
        }
    }

    /// The sequence that it is, perhaps after a conversion.
    pub(crate) fn seq(&self) -> Option<&Seq> {
        match self {
            Format::Own(_) => None,
            Format::Seq(seq) => Some(seq),
            Format::As(_, format) => format.seq(),
        }
    }

    /// The sequence with its length or count told by earlier fields.
    pub(super) fn told(self) -> Format {
        match self {
            Format::Own(order) => Format::Own(order),
            Format::Seq(mut seq) => {
                seq.extent = Extent::Elsewhere(seq.extent.order());
                Format::Seq(seq)
            }
            Format::As(other, format) => Format::As(other, Box::new(format.told())),
        }
    }

    /// What is left, because `word` says so.
    pub(crate) fn rest(word: Span, order: Order) -> Format {
        Format::Seq(Box::new(Seq {
            word,
            unit: Unit::ByRest,
            extent: Extent::Rest(order),
            limits: None,
            item: Format::Own(order),
            key: Format::Own(order),
            inner_words: Vec::new(),
        }))
    }
}

impl Extent {
    pub(super) fn of(measure: Measure, order: Order) -> Extent {
        match measure {
            Measure::Prefix(Prefix { width, order: own }) => {
                Extent::Prefix(width, own.map_or(order, Order::from))
            }
            Measure::Claim(claim) => Extent::Exactly(claim.tokens, order),
        }
    }
}

impl Extent {
    fn in_order(&self, outer: Order) -> Extent {
        let order = self.order().within(outer);
        match self {
            Extent::Prefix(width, _) => Extent::Prefix(*width, order),
            Extent::Exactly(count, _) => Extent::Exactly(count.clone(), order),
            Extent::Rest(_) => Extent::Rest(order),
            Extent::Elsewhere(_) => Extent::Elsewhere(order),
        }
    }

    /// The order that it was chosen in.
    pub(super) fn order(&self) -> Order {
        match self {
            Extent::Prefix(_, order)
            | Extent::Exactly(_, order)
            | Extent::Rest(order)
            | Extent::Elsewhere(order) => *order,
        }
    }
}

impl Limits {
    fn of(min: Option<Written<TokenStream>>, max: Option<Written<TokenStream>>) -> Option<Limits> {
        let (min, max) = (min.map(|min| min.value), max.map(|max| max.value));
        (min.is_some() || max.is_some()).then_some(Limits { min, max })
    }
}
