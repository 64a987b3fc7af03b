//! The enum of messages.

use proc_macro2::Ident;
use quote::ToTokens;
use syn::{GenericArgument, PathArguments, Type};

use super::{HeaderBefore, Rule};
use crate::syntax::{self, Range, Words};

pub(crate) struct Protocol {
    pub(crate) variants: Vec<MessageVariant>,
    pub(crate) catch_all: Option<UnknownVariant>,
    pub(crate) reserved: Vec<Range>,
}

/// A variant that holds a message.
pub(crate) struct MessageVariant {
    pub(crate) name: Ident,
    /// The type of its field.
    pub(crate) ty: Type,
    /// The message in the `Box` that the field is.
    pub(crate) boxed: Option<Type>,
    pub(crate) rule: Rule,
}

/// The variant of unknown messages.
pub(crate) struct UnknownVariant {
    pub(crate) name: Ident,
    pub(crate) ty: Type,
}

impl MessageVariant {
    /// The message: behind a header it is reached without the `Box` around it.
    pub(crate) fn message(&self, header: Option<&HeaderBefore>) -> &Type {
        match (&self.boxed, header) {
            (Some(inner), Some(_)) => inner,
            (Some(_), None) | (None, _) => &self.ty,
        }
    }
}

impl Protocol {
    pub(super) fn of(words: &Words, variants: Vec<syntax::Variant>) -> Protocol {
        let catch_all = variants.iter().find(|it| it.words.unknown.is_some()).and_then(|it| {
            Some(UnknownVariant { name: it.name.clone(), ty: it.body.only_type()?.clone() })
        });
        let reserved = words.reserved.as_ref().map_or(Vec::new(), |it| it.value.clone());
        Protocol { variants: messages(&variants), catch_all, reserved }
    }
}

/// The variants that hold one message each; of those with the same type the first.
pub(crate) fn messages(variants: &[syntax::Variant]) -> Vec<MessageVariant> {
    let mut messages: Vec<MessageVariant> = Vec::new();
    for variant in variants.iter().filter(|variant| variant.words.unknown.is_none()) {
        if let Some(ty) = variant.body.only_type() {
            if messages.iter().all(|other| !syntax::same(&other.ty, ty)) {
                let (name, ty) = (variant.name.clone(), ty.clone());
                let rule = Rule::of(&variant.words);
                messages.push(MessageVariant { name, boxed: boxed(&ty), ty, rule });
            }
        }
    }
    messages
}

/// The `T` of `Box<T>`.
fn boxed(ty: &Type) -> Option<Type> {
    let Type::Path(path) = syn::parse2(syntax::peel(&ty.to_token_stream())).ok()? else {
        return None;
    };
    let last = path.path.segments.last().filter(|last| last.ident == "Box")?;
    match &last.arguments {
        PathArguments::AngleBracketed(arguments) => match arguments.args.first() {
            Some(GenericArgument::Type(inner)) => Some(inner.clone()),
            _ => None,
        },
        PathArguments::None | PathArguments::Parenthesized(_) => None,
    }
}
