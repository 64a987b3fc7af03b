//! The list of the rules, held against the cases; and the cases about each word, held against the table of words.

use std::collections::BTreeSet;
use std::fs;

use syn::visit::Visit;

use crate::{files_below, parsed, root};

/// The places that words go to, and the cases with all words that do not go there.
const PLACES: &[(&str, &str)] = &[
    ("Message", "on_a_message"),
    ("PartStruct", "on_a_struct"),
    ("PartEnum", "on_an_enum"),
    ("Protocol", "on_a_protocol"),
    ("Variant", "on_a_variant"),
    ("ProtocolVariant", "on_a_variant_of_a_protocol"),
    ("Field", "on_a_field"),
    ("Item", "in_an_item"),
    ("Key", "in_a_key"),
];

/// Words that take any expression of Rust, or words; of those a wrong value is no matter of the derive.
const ANY_VALUE: &[&str] = &["default", "if", "item", "key", "range", "value"];

/// The names of all cases, such as `lengths/rest_twice`.
fn cases() -> BTreeSet<String> {
    let folder = root().join("tests/ui");
    let name = |path: std::path::PathBuf| {
        let path = path.strip_prefix(&folder).expect("it is below").with_extension("");
        path.to_str().expect("a name is text").to_owned()
    };
    files_below(&folder, "rs").into_iter().map(name).collect()
}

#[test]
fn the_list_of_rules_has_every_case() {
    let list = fs::read_to_string(root().join("tests/ui/README.md")).expect("a list");
    let topics = fs::read_dir(root().join("tests/ui")).expect("a folder can be read");
    let topics: Vec<String> = topics
        .map(|topic| topic.expect("an entry can be read").file_name())
        .map(|topic| format!("{}/", topic.to_str().expect("a name is text")))
        .collect();
    let is_case = |text: &&str| topics.iter().any(|topic| text.starts_with(topic));
    let listed: BTreeSet<String> =
        list.split('`').skip(1).step_by(2).filter(is_case).map(str::to_owned).collect();
    let cases = cases();
    let gone: Vec<&String> = listed.difference(&cases).collect();
    assert!(gone.is_empty(), "tests/ui/README.md names {gone:?}, which are not there");
    let missing: Vec<&String> = cases.difference(&listed).collect();
    assert!(missing.is_empty(), "tests/ui/README.md does not name {missing:?}");
}

/// A word in the table of the derive.
struct Row {
    word: String,
    shape: String,
    places: Vec<String>,
}

/// The table, and the lists of places that have a name in it.
#[derive(Default)]
struct Table {
    rows: Vec<Row>,
    named: Vec<(String, Vec<String>)>,
}

impl<'ast> Visit<'ast> for Table {
    fn visit_item_const(&mut self, item: &'ast syn::ItemConst) {
        let syn::Expr::Reference(list) = &*item.expr else { return };
        let syn::Expr::Array(list) = &*list.expr else { return };
        if item.ident == "WORDS" {
            let rows = list.elems.iter().filter_map(|row| self.row(row)).collect();
            self.rows = rows;
        } else {
            self.named.push((item.ident.to_string(), list.elems.iter().filter_map(last).collect()));
        }
    }
}

impl Table {
    /// `row(Word::Len, "len", Shape::Value, "len = u16", "on a field", EXTENTS)`
    fn row(&self, row: &syn::Expr) -> Option<Row> {
        let syn::Expr::Call(call) = row else { return None };
        let arguments: Vec<&syn::Expr> = call.args.iter().collect();
        let [_, syn::Expr::Lit(word), shape, _, _, places] = arguments.as_slice() else {
            return None;
        };
        let syn::Lit::Str(word) = &word.lit else { return None };
        let places = match places {
            syn::Expr::Reference(list) => match &*list.expr {
                syn::Expr::Array(list) => list.elems.iter().filter_map(last).collect(),
                _ => return None,
            },
            name => {
                let name = last(name)?;
                self.named.iter().find(|(known, _)| *known == name)?.1.clone()
            }
        };
        Some(Row { word: word.value(), shape: last(shape)?, places })
    }
}

/// The last name of a path.
fn last(path: &syn::Expr) -> Option<String> {
    match path {
        syn::Expr::Path(path) => Some(path.path.segments.last()?.ident.to_string()),
        _ => None,
    }
}

/// The words that a case has in its attributes.
fn words_of(case: &str) -> BTreeSet<String> {
    let path = root().join(format!("tests/ui/vocabulary/{case}.rs"));
    let text = fs::read_to_string(path).expect("a case");
    let is_part = |char: char| char.is_alphanumeric() || char == '_';
    text.split(|char| !is_part(char)).map(str::to_owned).collect()
}

#[test]
fn every_word_is_tried_at_every_wrong_place() {
    let mut table = Table::default();
    table.visit_file(&parsed(&root().join("protocol-derive/src/words/mod.rs")));
    assert!(table.rows.len() > 50, "only {} words were found", table.rows.len());
    for (place, case) in PLACES {
        let tried = words_of(case);
        let right = |word: &str| {
            let mut rows = table.rows.iter().filter(|row| row.word == word);
            rows.any(|row| row.places.iter().any(|it| it == place))
        };
        for row in table.rows.iter().filter(|row| !right(&row.word)) {
            assert!(tried.contains(&row.word), "`{}` is not in vocabulary/{case}", row.word);
        }
    }
}

#[test]
fn every_word_is_tried_in_a_wrong_form_and_with_a_wrong_value() {
    let mut table = Table::default();
    table.visit_file(&parsed(&root().join("protocol-derive/src/words/mod.rs")));
    let (forms, values) = (words_of("wrong_form"), words_of("wrong_value"));
    for Row { word, shape, .. } in &table.rows {
        assert!(forms.contains(word), "`{word}` is not in vocabulary/wrong_form");
        let has_value = shape != "Bare" && !ANY_VALUE.contains(&word.as_str());
        assert!(!has_value || values.contains(word), "`{word}` is not in vocabulary/wrong_value");
    }
}
