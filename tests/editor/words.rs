//! Every word at every place, completed and explained.

use crate::analyzer::Analyzer;
use crate::fixture::{File, Fixture};
use crate::vocabulary::places;

/// The fewest pairs of a word and a place.
const WORDS_MIN: usize = 100;

/// What the items need.
const HEAD: &str = "use crate::record::Record;\nuse protocol_core::{Message, Protocol, Wire};\n\n";

/// An item with an attribute at each place.
const ITEMS: &[(&str, &str)] = &[
    ("message", "#[derive(Message)] #[msg_type = 2] #[wire(|)] pub struct A { pub a: u8 }"),
    ("part_struct", "#[derive(Wire)] #[wire(|)] pub struct A { pub a: u8 }"),
    ("part_enum", "#[derive(Wire)] #[wire(|)] pub enum A { B { a: u8 } }"),
    ("protocol", "#[derive(Protocol)] #[wire(|)] pub enum A { Record(Record) }"),
    ("variant", "#[derive(Wire)] pub enum A { #[wire(|)] B { a: u8 } }"),
    ("protocol_variant", "#[derive(Protocol)] pub enum A { #[wire(|)] Record(Record) }"),
    ("field", "#[derive(Wire)] pub struct A { #[wire(|)] pub a: Vec<u8> }"),
    ("item", "#[derive(Wire)] pub struct A { #[wire(item(|))] pub a: Vec<u8> }"),
    ("key", "#[derive(Wire)] pub struct A { #[wire(key(|))] pub a: Vec<u8> }"),
];

pub(crate) fn are_completed_and_explained(analyzer: &mut Analyzer, fixture: &Fixture) {
    let mut words = 0;
    for place in places() {
        let item = ITEMS.iter().find(|(name, _)| *name == place.name);
        let (_, item) = item.expect("each place has an item");
        let mut spot = Spot { analyzer, fixture, item };
        for word in &place.words {
            spot.completes(word);
            words += 1;
        }
        spot.completes_what_is_not_begun(&place.words);
        spot.explains(&place.words);
    }
    assert!(words >= WORDS_MIN, "only {words} words");
}

/// A place that words are written at: the `|` of an item.
struct Spot<'a> {
    analyzer: &'a mut Analyzer,
    fixture: &'a Fixture,
    item: &'a str,
}

impl Spot<'_> {
    /// Half of a word is completed to the whole.
    fn completes(&mut self, word: &str) {
        let half = word.get(..word.len().div_ceil(2)).expect("ASCII");
        let offered = self.offered(half);
        assert!(offered.iter().any(|it| it == word), "{}: {half} has {offered:?}", self.item);
    }

    /// Nothing is completed to any.
    fn completes_what_is_not_begun(&mut self, words: &[String]) {
        let offered = self.offered("");
        let missing: Vec<&String> = words.iter().filter(|word| !offered.contains(word)).collect();
        assert!(missing.is_empty(), "{}: {missing:?} are not among {offered:?}", self.item);
    }

    fn offered(&mut self, begun: &str) -> Vec<String> {
        let (file, text) = self.write(begun);
        let place = file.place(&text, &self.item_with(&format!("{begun}|")));
        let offered = self.analyzer.completions(place);
        self.analyzer.close(&file);
        offered
    }

    /// Each word shows how it is written.
    fn explains(&mut self, words: &[String]) {
        let (file, text) = self.write(&words.join(", "));
        for (at, word) in words.iter().enumerate() {
            let mut marked = words.to_vec();
            marked.get_mut(at).expect("one of them").insert(1, '|');
            let place = file.place(&text, &self.item_with(&marked.join(", ")));
            let shown = self.analyzer.hover(place);
            assert!(shown.contains(&format!("`{word}")), "{}: {word} is {shown:?}", self.item);
        }
        self.analyzer.close(&file);
    }

    /// A file that holds the item with this in its attribute.
    fn write(&mut self, written: &str) -> (File, String) {
        let file = self.fixture.file("src/words.rs");
        let text = format!("{HEAD}{}", self.item_with(written));
        self.analyzer.open(&file, &text);
        (file, text)
    }

    fn item_with(&self, written: &str) -> String {
        self.item.replace('|', written)
    }
}
