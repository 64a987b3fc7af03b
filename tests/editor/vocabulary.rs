//! The words of each place, as `protocol-core/src/words.rs` has them; `tests/diagnostics` holds them against
//! those of the derive.

use std::fs;
use std::path::Path;

use syn::ext::IdentExt;
use syn::visit::{self, Visit};

/// The words of a place: the module that has them.
pub(crate) struct Place {
    pub(crate) name: String,
    pub(crate) words: Vec<String>,
}

/// All places.
pub(crate) fn places() -> Vec<Place> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("protocol-core/src/words.rs");
    let file = syn::parse_file(&fs::read_to_string(path).expect("a source")).expect("Rust");
    let mut places = Places(Vec::new());
    places.visit_file(&file);
    places.0
}

struct Places(Vec<Place>);

impl<'ast> Visit<'ast> for Places {
    fn visit_item_mod(&mut self, module: &'ast syn::ItemMod) {
        if matches!(module.vis, syn::Visibility::Public(_)) {
            self.0.push(Place { name: module.ident.to_string(), words: Vec::new() });
        }
        visit::visit_item_mod(self, module);
    }

    fn visit_use_name(&mut self, name: &'ast syn::UseName) {
        if let Some(place) = self.0.last_mut() {
            place.words.push(name.ident.unraw().to_string());
        }
    }
}
