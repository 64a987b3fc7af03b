//! The catalogue of messages, held against the cases of `tests/ui` and against the guide: every message
//! has a case, and stands in the guide with its reason.

mod index;
mod pattern;
mod traits;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{LineColumn, TokenStream, TokenTree};
use syn::spanned::Spanned;
use syn::visit::{self, Visit};

use pattern::Pattern;

/// The fewest cases that differ in what is said or where.
const PAIRS_MIN: usize = 110;
/// The fewest cases that compile.
const PASSES_MIN: usize = 15;
/// A pattern with less fixed text than this tells nothing.
const FIXED_MIN: usize = 12;

/// A message that users can get from us: its name, and the texts that it can have.
struct Entry {
    name: String,
    patterns: Vec<Pattern>,
}

/// An error in a `.stderr`: what it says, and where its caret stands.
struct Said {
    text: String,
    is_rustc: bool,
    place: Option<LineColumn>,
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn files_below(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder can be read") {
        let path = entry.expect("an entry can be read").path();
        if path.is_dir() {
            files.extend(files_below(&path, extension));
        } else if path.extension().is_some_and(|it| it == extension) {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// All messages: those of the derives, of constants, and of traits that are not implemented.
fn entries() -> Vec<Entry> {
    let mut entries = Vec::new();
    let derive = root().join("protocol-derive/src/errors");
    for path in files_below(&derive, "rs") {
        let mut found = Catalogue { entries: &mut entries };
        found.visit_file(&parsed(&path));
    }
    for path in files_below(&root().join("protocol-core/src"), "rs") {
        let file = parsed(&path);
        if path.ends_with("report.rs") {
            Reports { entries: &mut entries }.visit_file(&file);
        }
        Traits { entries: &mut entries }.visit_file(&file);
    }
    let mut seen = BTreeSet::new();
    entries.retain(|entry| {
        let pieces = entry.patterns.iter().flat_map(|pattern| &pattern.0);
        seen.insert(pieces.cloned().collect::<Vec<String>>())
    });
    entries
}

fn parsed(path: &Path) -> syn::File {
    let text = fs::read_to_string(path).expect("a source is text");
    let parsed = syn::parse_file(&text);
    assert!(parsed.is_ok(), "{} is not Rust", path.display());
    parsed.expect("the line above")
}

/// The constants and functions of the derive's catalogue.
struct Catalogue<'e> {
    entries: &'e mut Vec<Entry>,
}

impl Catalogue<'_> {
    fn push(&mut self, name: String, literals: &[String]) {
        let patterns: Vec<Pattern> = literals
            .iter()
            .map(|literal| Pattern::of(literal))
            .filter(|pattern| pattern.fixed() >= FIXED_MIN && !pattern.begins_with(';'))
            .collect();
        if !patterns.is_empty() {
            self.entries.push(Entry { name, patterns });
        }
    }
}

impl<'ast> Visit<'ast> for Catalogue<'_> {
    fn visit_item_const(&mut self, item: &'ast syn::ItemConst) {
        if !matches!(item.vis, syn::Visibility::Inherited) {
            let literals = literals(quote::ToTokens::to_token_stream(&item.expr));
            self.push(item.ident.to_string().to_lowercase(), &literals);
        }
    }

    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        if !matches!(item.vis, syn::Visibility::Inherited) {
            let literals = literals(quote::ToTokens::to_token_stream(&item.block));
            self.push(item.sig.ident.to_string(), &literals);
        }
    }
}

/// The functions that panic in constants: their text is put together of pieces.
struct Reports<'e> {
    entries: &'e mut Vec<Entry>,
}

impl<'ast> Visit<'ast> for Reports<'_> {
    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        if matches!(item.vis, syn::Visibility::Inherited) {
            return;
        }
        struct Pieces(Vec<String>);
        impl<'ast> Visit<'ast> for Pieces {
            fn visit_expr_method_call(&mut self, call: &'ast syn::ExprMethodCall) {
                visit::visit_expr_method_call(self, call);
                if let (true, Some(syn::Expr::Lit(literal))) =
                    (call.method == "text", call.args.first())
                {
                    if let syn::Lit::Str(text) = &literal.lit {
                        self.0.push(text.value());
                    }
                }
            }
        }
        let mut pieces = Pieces(Vec::new());
        pieces.visit_block(&item.block);
        let name = item.sig.ident.to_string();
        let pattern = Pattern(pieces.0);
        if pattern.fixed() >= FIXED_MIN {
            self.entries.push(Entry { name, patterns: vec![pattern] });
        }
    }
}

/// What the compiler says where a trait of ours is not implemented.
struct Traits<'e> {
    entries: &'e mut Vec<Entry>,
}

impl<'ast> Visit<'ast> for Traits<'_> {
    fn visit_item_trait(&mut self, item: &'ast syn::ItemTrait) {
        for attribute in &item.attrs {
            let path = attribute.path();
            if !path.segments.iter().any(|it| it.ident == "on_unimplemented") {
                continue;
            }
            let _ = attribute.parse_nested_meta(|meta| {
                let value: syn::LitStr = meta.value()?.parse()?;
                if meta.path.is_ident("message") {
                    let patterns = vec![Pattern::of(&value.value())];
                    self.entries.push(Entry { name: item.ident.to_string(), patterns });
                }
                Ok(())
            });
        }
    }
}

/// All text in quotes, anywhere in the tokens.
fn literals(tokens: TokenStream) -> Vec<String> {
    let mut found = Vec::new();
    for tree in tokens {
        match tree {
            TokenTree::Group(group) => found.extend(literals(group.stream())),
            TokenTree::Literal(literal) => {
                if let Ok(syn::Lit::Str(text)) = syn::parse2(TokenTree::Literal(literal).into()) {
                    found.push(text.value());
                }
            }
            TokenTree::Ident(_) | TokenTree::Punct(_) => {}
        }
    }
    found
}

/// The errors of a case.
fn said(stderr: &str) -> Vec<Said> {
    let mut all = Vec::new();
    let mut lines = stderr.lines().peekable();
    while let Some(line) = lines.next() {
        let Some(rest) = line.strip_prefix("error") else { continue };
        let Some((code, text)) = rest.split_once(": ") else { continue };
        let place = lines.peek().and_then(|line| {
            let (_, place) = line.trim_start().strip_prefix("--> ")?.split_once(".rs:")?;
            let (line, column) = place.split_once(':')?;
            let column: usize = column.parse().ok()?;
            Some(LineColumn { line: line.parse().ok()?, column: column - 1 })
        });
        // What a constant panics with.
        let own = text.strip_prefix("evaluation panicked: ").unwrap_or(text);
        all.push(Said { text: own.to_owned(), is_rustc: !code.is_empty(), place });
    }
    all
}

/// The entry that a text is of: of several the one with the most fixed text.
fn entry_of<'e>(entries: &'e [Entry], text: &str) -> Option<&'e Entry> {
    let fits = |entry: &&Entry| entry.patterns.iter().any(|pattern| pattern.fits(text));
    let fixed = |entry: &&Entry| {
        let fitting = entry.patterns.iter().filter(|pattern| pattern.fits(text));
        fitting.map(Pattern::fixed).max()
    };
    entries.iter().filter(fits).max_by_key(fixed)
}

/// What stands at a position of a case: the derive, and the part of its item.
struct Finder {
    at: LineColumn,
    found: Option<String>,
    derive: String,
}

impl Finder {
    fn holds(&self, node: &impl Spanned) -> bool {
        let span = node.span();
        span.start() <= self.at && self.at < span.end()
    }

    fn item(&mut self, attributes: &[syn::Attribute], name: &syn::Ident, keyword: &str) {
        let ours = ["Message", "Wire", "Protocol"];
        let derives = attributes.iter().filter(|it| it.path().is_ident("derive"));
        let derive = derives
            .flat_map(|it| literals_and_words(quote::ToTokens::to_token_stream(&it.meta)))
            .find(|word| ours.contains(&word.as_str()));
        self.derive = format!("{} {keyword}", derive.unwrap_or_default());
        if attributes.iter().any(|it| self.holds(it)) {
            self.found = Some(format!("{}, attribute", self.derive));
        } else if self.holds(name) {
            self.found = Some(format!("{}, name", self.derive));
        }
    }
}

fn literals_and_words(tokens: TokenStream) -> Vec<String> {
    let mut found = Vec::new();
    for tree in tokens {
        match tree {
            TokenTree::Group(group) => found.extend(literals_and_words(group.stream())),
            TokenTree::Ident(ident) => found.push(ident.to_string()),
            TokenTree::Literal(_) | TokenTree::Punct(_) => {}
        }
    }
    found
}

impl<'ast> Visit<'ast> for Finder {
    fn visit_item_struct(&mut self, item: &'ast syn::ItemStruct) {
        if self.holds(item) {
            self.found = Some("item".to_owned());
            self.item(&item.attrs, &item.ident, "struct");
            visit::visit_item_struct(self, item);
        }
    }

    fn visit_item_enum(&mut self, item: &'ast syn::ItemEnum) {
        if self.holds(item) {
            self.found = Some("item".to_owned());
            self.item(&item.attrs, &item.ident, "enum");
            visit::visit_item_enum(self, item);
        }
    }

    fn visit_variant(&mut self, variant: &'ast syn::Variant) {
        if self.holds(variant) {
            let part = if variant.attrs.iter().any(|it| self.holds(it)) {
                "attribute of a variant"
            } else {
                "variant"
            };
            self.found = Some(format!("{}, {part}", self.derive));
            self.derive.push_str(" variant");
            visit::visit_variant(self, variant);
        }
    }

    fn visit_field(&mut self, field: &'ast syn::Field) {
        if self.holds(field) {
            let part = if let Some(attribute) = field.attrs.iter().find(|it| self.holds(*it)) {
                let words = literals_and_words(quote::ToTokens::to_token_stream(&attribute.meta));
                let nested =
                    words.iter().find(|word| ["item", "key", "before"].contains(&word.as_str()));
                format!("attribute of a field {}", nested.map_or("", String::as_str))
            } else if self.holds(&field.ty) {
                "type of a field".to_owned()
            } else {
                "name of a field".to_owned()
            };
            self.found = Some(format!("{}, {}", self.derive, part.trim_end()));
        }
    }
}

fn place_of(file: &syn::File, at: Option<LineColumn>) -> String {
    let Some(at) = at else { return "no place".to_owned() };
    let mut finder = Finder { at, found: None, derive: String::new() };
    finder.visit_file(file);
    finder.found.unwrap_or_else(|| "outside of items".to_owned())
}

/// The words of a place in the table of the derive, and in that for editors.
#[test]
fn editors_know_every_word() {
    let table = root().join("protocol-derive/src/words/mod.rs");
    let table = fs::read_to_string(table).expect("a table");
    let known = fs::read_to_string(root().join("protocol-core/src/words.rs")).expect("a table");
    let places = [
        ("Place::Message", "message"),
        ("Place::PartStruct", "part_struct"),
        ("Place::PartEnum", "part_enum"),
        ("Place::Protocol", "protocol"),
        ("Place::Variant", "variant"),
        ("Place::ProtocolVariant", "protocol_variant"),
        ("Place::Field", "field"),
        ("Place::Item", "item"),
        ("Place::Key", "key"),
    ];
    // The lists of places that have a name.
    let named = |row: &str, place: &str| match place {
        "Place::Field" | "Place::Item" | "Place::Key" => row.contains("EXTENTS"),
        "Place::Message" | "Place::PartStruct" | "Place::PartEnum" => {
            row.contains("BODIES") || row.contains("CONTAINERS")
        }
        "Place::Protocol" => row.contains("CONTAINERS"),
        _ => false,
    };
    for (place, module) in places {
        let at = known.split(&format!("pub mod {module} {{")).nth(1).expect("a module");
        let at = at.split("\n    }").next().unwrap_or("");
        let names: BTreeSet<&str> = at
            .split(|char: char| !char.is_alphanumeric() && char != '_' && char != '#')
            .map(|name| name.trim_start_matches("r#"))
            .collect();
        let rows = table.split("row(Word::").skip(1);
        for row in rows.filter_map(|row| row.split_once("),\n").map(|(row, _)| row)) {
            let stands = row.split([',', ']', '[', ' ']).any(|it| it == place);
            let word = row.split('"').nth(1).expect("a word in quotes");
            // `crate` cannot be a name.
            if (stands || named(row, place)) && word != "crate" {
                assert!(names.contains(word), "`{word}` is not in `words::{module}`");
            }
        }
    }
}

/// What every case says, by the entry's name and the place.
fn pairs(entries: &[Entry]) -> BTreeMap<(String, String), Vec<PathBuf>> {
    let mut pairs: BTreeMap<(String, String), Vec<PathBuf>> = BTreeMap::new();
    for path in files_below(&root().join("tests/ui"), "stderr") {
        // What is not even Rust has no places.
        let source = fs::read_to_string(path.with_extension("rs")).expect("a case");
        let source = syn::parse_file(&source).ok();
        for said in said(&fs::read_to_string(&path).expect("a text")) {
            let name = match (entry_of(entries, &said.text), said.is_rustc) {
                (Some(entry), _) => entry.name.clone(),
                (None, true) => "rustc".to_owned(),
                // Of rustc without a code, or nobody knows whose.
                (None, false) => "rustc without a code".to_owned(),
            };
            let place = source.as_ref().map_or(String::new(), |it| place_of(it, said.place));
            pairs.entry((name, place)).or_default().push(path.clone());
        }
    }
    pairs
}

#[test]
fn the_cases_differ() {
    let entries = entries();
    let pairs = pairs(&entries);
    let ours = pairs.keys().filter(|(name, _)| !name.starts_with("rustc")).count();
    assert!(ours >= PAIRS_MIN, "only {ours} pairs of an entry and a place");
    let passes = files_below(&root().join("tests/ui/pass"), "rs").len();
    assert!(passes >= PASSES_MIN, "only {passes} cases that compile");
}

#[test]
fn every_message_has_a_case() {
    let entries = entries();
    let shown: BTreeSet<String> = pairs(&entries).into_keys().map(|(name, _)| name).collect();
    let missing: Vec<&str> = entries
        .iter()
        .map(|entry| entry.name.as_str())
        .filter(|name| !shown.contains(*name) && !WITHOUT_A_CASE.contains(name))
        .collect();
    assert!(missing.is_empty(), "no case of tests/ui shows {missing:?}");
}

/// Messages without a case: a fault of ours, of which `expand.rs` has the test; a length of what has no
/// format, which is said before; a value that has no range, of which nobody can write one; and flags of
/// `usize`, of which the compiler says several things.
const WITHOUT_A_CASE: &[&str] = &["our_fault", "Counted", "Ranged", "FlagBits"];

#[test]
fn the_guide_explains_every_message() {
    let entries = entries();
    let page = root().join("protocol-core/guide/when_the_compiler_says_no.md");
    let page = fs::read_to_string(page).expect("a page");
    let texts = all_texts();
    let mut explained = BTreeSet::new();
    for line in page.lines().filter_map(|line| line.strip_prefix("- **")) {
        let (text, rest) = line.split_once("**").expect("the text ends");
        assert!(texts.contains(text), "no case says {text:?}");
        let name = rest.trim_start_matches(" <!-- ").trim_end_matches(" -->");
        let entry = entry_of(&entries, text).map(|entry| entry.name.as_str());
        assert_eq!(entry, Some(name), "{text:?} is another message");
        explained.insert(name.to_owned());
    }
    let missing: Vec<&str> = entries
        .iter()
        .map(|entry| entry.name.as_str())
        .filter(|name| !explained.contains(*name) && !WITHOUT_A_CASE.contains(name))
        .collect();
    assert!(missing.is_empty(), "the guide does not explain {missing:?}");
}

/// What the page about other crates says of this one, its cases say.
#[test]
fn the_comparison_says_what_we_say() {
    let page = root().join("protocol-core/guide/where_others_are_silent.md");
    let page = fs::read_to_string(page).expect("a page");
    let texts = all_texts();
    let mut mistakes = 0;
    for line in page.lines().filter_map(|line| line.strip_prefix("- here: ")) {
        // What is in bold is a text, what is in parentheses a case that compiles.
        for text in line.split("**").skip(1).step_by(2) {
            assert!(texts.contains(text), "no case says {text:?}");
        }
        let case = line.split("`tests/ui/").nth(1).and_then(|it| it.split('`').next());
        if let Some(case) = case {
            assert!(root().join("tests/ui").join(case).is_file(), "there is no {case}");
        }
        assert!(line.contains("**") || case.is_some(), "{line:?} shows nothing");
        mistakes += 1;
    }
    assert!(mistakes >= 10, "only {mistakes} mistakes are compared");
}

/// All that any case says.
fn all_texts() -> BTreeSet<String> {
    let mut texts = BTreeSet::new();
    for path in files_below(&root().join("tests/ui"), "stderr") {
        let stderr = fs::read_to_string(&path).expect("a text");
        texts.extend(said(&stderr).into_iter().map(|said| said.text));
    }
    texts
}
