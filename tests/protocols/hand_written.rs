//! Counts the lines of the examples' protocols that put bytes in place by hand: how DNS compresses names,
//! and nothing else.
//!
//! A file counts as a whole, but for comments and blank lines, if a single word of it shows that it handles
//! bytes itself: a cursor or a sink, numbers taken apart, a trait of the codec implemented. All else is
//! declared by the derives.

use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{TokenStream, TokenTree};
use syn::visit::Visit;

/// The folders of the examples that speak real protocols.
const PROTOCOLS: [&str; 4] = ["dns", "memcached", "mqtt", "postgres"];

/// The one file that may: the `with` module for names.
const COMPRESSION: &str = "examples/dns/messages/name.rs";

/// Words that only code has which reads or writes bytes by hand.
const BY_HAND: [&str; 13] = [
    "Reader",
    "Sink",
    "Fault",
    "Encode",
    "Decode",
    "Framing",
    "from_be_bytes",
    "to_be_bytes",
    "from_le_bytes",
    "to_le_bytes",
    "transmute",
    "Cursor",
    "BytesMut",
];

/// Traits of the codec, which the derives implement.
const TRAITS: [&str; 10] = [
    "Wire",
    "WireOwned",
    "Format",
    "Pack",
    "Unpack",
    "Message",
    "Protocol",
    "Header",
    "Body",
    "MessageOf",
];

#[test]
fn only_the_compression_of_names_is_written_by_hand() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (mut by_hand, mut declared) = (Vec::new(), 0);
    for path in PROTOCOLS.iter().flat_map(|it| sources(&root.join("examples").join(it))) {
        let text = fs::read_to_string(&path).expect("a source is text");
        let tokens: TokenStream = text.parse().expect("a source is Rust");
        let name = path.strip_prefix(root).expect("it is below").display().to_string();
        let lines = text.lines().map(str::trim);
        let lines = lines.filter(|line| !line.is_empty() && !line.starts_with("//")).count();
        let words = words(tokens);
        let modules: Vec<_> = follows(&words, &["with", "="]).collect();
        assert!(
            modules.iter().all(|it| *it == "name" && name.contains("/dns/")),
            "{name}: {modules:?}"
        );
        if is_by_hand(&text) {
            by_hand.push((name, lines));
        } else {
            declared += lines;
        }
    }
    for (name, lines) in &by_hand {
        println!("hand-written codec: {lines} lines in {name}");
    }
    println!("no hand-written codec: {declared} lines in all other files of {PROTOCOLS:?}");
    let names: Vec<_> = by_hand.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, [COMPRESSION], "a file handles bytes by hand, or none does");
    assert!(declared > 2000, "only {declared} lines were looked at");
}

/// Whether a source handles bytes itself.
fn is_by_hand(text: &str) -> bool {
    let mut impls = ImplsOfTheCodec(0);
    impls.visit_file(&syn::parse_file(text).expect("a source is Rust"));
    let is_word = |word: &String| BY_HAND.contains(&word.as_str());
    impls.0 > 0 || words(text.parse().expect("a source is Rust")).iter().any(is_word)
}

/// Counts the impls of the traits of the codec.
struct ImplsOfTheCodec(usize);

impl<'ast> Visit<'ast> for ImplsOfTheCodec {
    fn visit_item_impl(&mut self, item: &'ast syn::ItemImpl) {
        let name = item.trait_.as_ref().and_then(|(path, ..)| path_end(path));
        self.0 += usize::from(name.is_some_and(|name| TRAITS.contains(&name.as_str())));
    }
}

fn path_end(path: &syn::Path) -> Option<String> {
    path.segments.last().map(|last| last.ident.to_string())
}

/// The words after each place where these stand.
fn follows<'w>(words: &'w [String], before: &'w [&str]) -> impl Iterator<Item = &'w str> {
    words.windows(before.len() + 1).filter_map(move |window| {
        let (last, first) = window.split_last()?;
        (first == before).then_some(last.as_str())
    })
}

/// All words and signs of a source in their order, also those inside of brackets and macros.
fn words(tokens: TokenStream) -> Vec<String> {
    let mut found = Vec::new();
    for token in tokens {
        match token {
            TokenTree::Group(group) => found.extend(words(group.stream())),
            TokenTree::Ident(word) => found.push(word.to_string()),
            TokenTree::Punct(sign) => found.push(sign.as_char().to_string()),
            TokenTree::Literal(_) => {}
        }
    }
    found
}

/// The Rust files below a folder.
fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder can be read") {
        let path = entry.expect("an entry can be read").path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// The test can fail: each kind of hand-written code is seen.
#[test]
fn hand_written_code_is_seen() {
    assert!(is_by_hand("fn unpack(r: &mut Reader<'_, '_>) {}"));
    assert!(is_by_hand("impl<'a> protocol_core::Wire<'a> for Name {}"));
    assert!(is_by_hand("fn f() { vec![u16::from_be_bytes([1, 2])]; }"));
    assert!(!is_by_hand("#[derive(Wire)] struct Part { a: u8 } fn ask(it: impl Pack) {}"));
}
