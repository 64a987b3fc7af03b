//! Formats and orders as types of the runtime.

use proc_macro2::{Span, TokenStream};
use quote::quote_spanned;

use crate::model::{Extent, Format, Limits, Order, Seq, Unit};
use crate::paths::type_of_user;
use crate::syntax::Width;

/// Where a type is named: in a constant there is no order to inherit, and none is needed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Scope {
    Constant,
    Function,
}

/// The path to the runtime, the place in the source and the scope: what naming a type takes.
pub(super) struct Namer<'c> {
    pub(super) p: &'c TokenStream,
    pub(super) span: Span,
    pub(super) scope: Scope,
}

impl Namer<'_> {
    pub(super) fn order(&self, order: Order) -> TokenStream {
        let (p, span) = (self.p, self.span);
        match (order, self.scope) {
            (Order::Inherited, Scope::Function) => quote_spanned!(span=> __O),
            (Order::Big, Scope::Function) => quote_spanned!(span=> <__O as #p::Order>::Big),
            (Order::Little, Scope::Function) => quote_spanned!(span=> <__O as #p::Order>::Little),
            (Order::Inherited | Order::Big, Scope::Constant) => quote_spanned!(span=> #p::Big),
            (Order::Little, Scope::Constant) => quote_spanned!(span=> #p::Little),
        }
    }

    fn seq(&self, seq: &Seq) -> TokenStream {
        let (p, span) = (self.p, self.span);
        let unit = match &seq.unit {
            Unit::ByLen => quote_spanned!(span=> #p::ByLen),
            Unit::ByCount => quote_spanned!(span=> #p::ByCount),
            Unit::ByRest => quote_spanned!(span=> #p::ByRest),
            Unit::Until(end) => quote_spanned!(span=> #p::Until<{ #end }>),
            Unit::PadTo(width) => quote_spanned!(span=> #p::PadTo<{ #width }>),
            Unit::Plain => quote_spanned!(span=> #p::Plain),
        };
        let rest = self.parameters(seq);
        quote_spanned!(span=> #p::Seq<#unit, #rest>)
    }

    /// The sequence by its word, which goes by another name.
    pub(super) fn selected(&self, word: &TokenStream, seq: &Seq) -> TokenStream {
        let (p, span) = (self.p, self.span);
        let rest = self.parameters(seq);
        quote_spanned!(span=> <#word as #p::Selects<#rest>>::Format)
    }

    /// The extent, the format of elements, and that of keys.
    fn parameters(&self, seq: &Seq) -> TokenStream {
        let span = self.span;
        let extent = self.extent(&seq.extent);
        let extent = match &seq.limits {
            Some(limits) => self.within(&extent, limits),
            None => extent,
        };
        let (item, key) = (self.format(&seq.item), self.format(&seq.key));
        quote_spanned!(span=> #extent, #item, #key)
    }

    pub(super) fn format(&self, format: &Format) -> TokenStream {
        let (p, span) = (self.p, self.span);
        match format {
            Format::Seq(seq) => self.seq(seq),
            Format::Own(order) => {
                let order = self.order(*order);
                quote_spanned!(span=> #p::Own<#order>)
            }
            Format::As(other, format) => {
                let (other, format) = (type_of_user(other), self.format(format));
                quote_spanned!(span=> #p::Converted<#other, #format>)
            }
        }
    }

    pub(super) fn extent(&self, extent: &Extent) -> TokenStream {
        let (p, span) = (self.p, self.span);
        match extent {
            Extent::Prefix(width, order) => {
                let (width, order) = (self.width(*width), self.order(*order));
                quote_spanned!(span=> #p::Prefix<#width, #order>)
            }
            Extent::Exactly(count, order) => {
                let order = self.order(*order);
                quote_spanned!(span=> #p::Exactly<{ #count }, #order>)
            }
            Extent::Elsewhere(order) => {
                let order = self.order(*order);
                quote_spanned!(span=> #p::Elsewhere<#order>)
            }
            Extent::Rest(order) => {
                let order = self.order(*order);
                quote_spanned!(span=> #p::Rest<#order>)
            }
        }
    }

    fn within(&self, extent: &TokenStream, limits: &Limits) -> TokenStream {
        let (p, span) = (self.p, self.span);
        let Limits { min, max } = limits;
        let min = match min {
            Some(min) => quote_spanned!(span=> { #min }),
            None => quote_spanned!(span=> 0),
        };
        let max = match max {
            Some(max) => quote_spanned!(span=> { #max }),
            None => quote_spanned!(span=> { ::core::primitive::usize::MAX }),
        };
        quote_spanned!(span=> #p::Within<#extent, #min, #max>)
    }

    pub(super) fn width(&self, width: Width) -> TokenStream {
        let (p, span) = (self.p, self.span);
        match width {
            Width::U8 => quote_spanned!(span=> ::core::primitive::u8),
            Width::U16 => quote_spanned!(span=> ::core::primitive::u16),
            Width::U24 => quote_spanned!(span=> #p::U24),
            Width::U32 => quote_spanned!(span=> ::core::primitive::u32),
            Width::U48 => quote_spanned!(span=> #p::U48),
            Width::U64 => quote_spanned!(span=> ::core::primitive::u64),
            Width::Varint => quote_spanned!(span=> #p::Varint),
        }
    }
}
