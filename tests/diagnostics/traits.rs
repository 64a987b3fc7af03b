//! Every public trait has a text of its own for the type that does not implement it.

use std::collections::BTreeSet;

use quote::ToTokens;
use syn::visit::{self, Visit};

use super::{files_below, parsed, root};

/// Traits without a text, and why none could be read.
const WITHOUT_A_TEXT: &[(&str, &str)] = &[
    ("Sealed", "private: the trait that is sealed has the text"),
    ("AllowedIn", "every message that `Allows` lists has it, and that has the text"),
    ("StaysIn", "every message that `Stays` lists has it, and that has the text"),
    ("Leads", "every message that `Allows` lists has it, and that has the text"),
    ("Alone", "nobody is asked for it: what is no part is no `Protocol`"),
    ("Lane", "not asked of the types of users"),
    ("Width", "the derive knows the words for all of them"),
    ("Extent", "the derive knows the words for all of them"),
    ("Run", "asked of a word only after `CountsText` or `AnyBytes`"),
    ("Selects", "of every word"),
    ("Orders", "of every word"),
    ("AnyBytes", "of every word that may stand beside bytes"),
    ("CountsBytes", "of every word that may stand beside bytes"),
    ("NotLen", "what has it not is a part, and `Derived` has the text"),
    ("Route", "reached through `Message`, which has the text"),
    ("Stands", "reached through `Message`, which has the text"),
    ("RouteBehind", "reached through `Message`, which has the text"),
    ("NoBlank", "of every type"),
    ("AnyField", "of every type"),
    ("ListOfEnums", "where it is not, `AnyField` is"),
    ("ListOfStructs", "where it is not, `AnyField` is"),
];

/// The public traits, and whether each has a text.
#[derive(Default)]
struct Public(Vec<(String, bool)>);

impl<'ast> Visit<'ast> for Public {
    fn visit_item_trait(&mut self, item: &'ast syn::ItemTrait) {
        if matches!(item.vis, syn::Visibility::Public(_)) {
            let mut attributes = item.attrs.iter().map(|it| it.meta.to_token_stream().to_string());
            let has_text = attributes.any(|it| it.contains("on_unimplemented"));
            self.0.push((item.ident.to_string(), has_text));
        }
        visit::visit_item_trait(self, item);
    }
}

#[test]
fn every_public_trait_has_a_text() {
    let mut public = Public::default();
    for path in files_below(&root().join("protocol-core/src"), "rs") {
        public.visit_file(&parsed(&path));
    }
    let excused: BTreeSet<&str> = WITHOUT_A_TEXT.iter().map(|(name, _)| *name).collect();
    for (name, has_text) in &public.0 {
        assert!(*has_text || excused.contains(name.as_str()), "`{name}` has no text, nor a reason");
        assert!(!*has_text || !excused.contains(name.as_str()), "`{name}` has a text");
    }
    let known: BTreeSet<&str> = public.0.iter().map(|(name, _)| name.as_str()).collect();
    let gone: Vec<&&str> = excused.iter().filter(|name| !known.contains(**name)).collect();
    assert!(gone.is_empty(), "there are no traits {gone:?}");
    assert!(known.len() > 50, "only {} traits were found", known.len());
}
