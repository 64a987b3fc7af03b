//! Types that have no size, or an endless one: no impl for what contains them can compile.

use proc_macro2::Ident;
use quote::ToTokens;
use syn::{GenericArgument, PathArguments, Type};

use crate::errors::catalogue;
use crate::syntax::{Body, Item, Shape};

/// Whether values of the item can be passed around at all.
pub(super) fn is_sized(item: &Item) -> bool {
    let is_sized = |body: &Body| {
        let mut types = body.fields.iter().map(|field| &field.ty);
        types.all(|ty| sized_instead(ty).is_none() && !holds(ty, &item.name))
    };
    match &item.shape {
        Shape::Struct(body) => is_sized(body),
        Shape::Enum(variants) => variants.iter().all(|variant| is_sized(&variant.body)),
        Shape::Refused => true,
    }
}

/// What to write in place of a type that has no size; nothing if it may have one.
pub(super) fn sized_instead(ty: &Type) -> Option<String> {
    match ty {
        Type::Slice(slice) => {
            let element = catalogue::type_text(&slice.elem.to_token_stream());
            Some(format!("`Vec<{element}>` or `&[{element}]`"))
        }
        Type::Path(path) if path.qself.is_none() && path.path.is_ident("str") => {
            Some("`String` or `&str`".to_owned())
        }
        Type::TraitObject(_) => Some("an enum that derives `Wire`".to_owned()),
        _ => None,
    }
}

/// The number in a type, or in what it holds, whose width is that of the machine.
pub(super) fn of_any_width(ty: &Type) -> Option<&Ident> {
    /// What has a layout if what it holds has one.
    const HOLDERS: &[&str] =
        &["Vec", "VecDeque", "Option", "Box", "BTreeMap", "BTreeSet", "Wrapping", "Saturating"];
    match ty {
        Type::Array(array) => of_any_width(&array.elem),
        Type::Tuple(tuple) => tuple.elems.iter().find_map(of_any_width),
        Type::Path(path) if path.qself.is_none() => {
            if let Some(ident) = path.path.get_ident() {
                return (ident == "usize" || ident == "isize").then_some(ident);
            }
            let last = path.path.segments.last()?;
            let holds = HOLDERS.iter().any(|holder| last.ident == holder);
            match &last.arguments {
                PathArguments::AngleBracketed(arguments) if holds => {
                    arguments.args.iter().find_map(|argument| match argument {
                        GenericArgument::Type(inner) => of_any_width(inner),
                        _ => None,
                    })
                }
                _ => None,
            }
        }
        _ => None,
    }
}

/// Whether a value of the type holds one of the container in place. The compiler refuses that, and
/// says where a `Box` goes.
fn holds(ty: &Type, container: &Ident) -> bool {
    match ty {
        Type::Array(array) => holds(&array.elem, container),
        Type::Tuple(tuple) => tuple.elems.iter().any(|element| holds(element, container)),
        Type::Path(path) => path.path.segments.last().is_some_and(|last| {
            let is_container =
                path.path.segments.len() == 1 && (last.ident == *container || last.ident == "Self");
            is_container || (last.ident == "Option" && holds_argument(&last.arguments, container))
        }),
        _ => false,
    }
}

fn holds_argument(arguments: &PathArguments, container: &Ident) -> bool {
    match arguments {
        PathArguments::AngleBracketed(arguments) => match arguments.args.first() {
            Some(GenericArgument::Type(inner)) => holds(inner, container),
            _ => false,
        },
        PathArguments::None | PathArguments::Parenthesized(_) => false,
    }
}
