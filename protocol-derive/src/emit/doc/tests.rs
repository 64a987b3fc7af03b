//! The exact tables of several items.

use super::*;
use crate::errors::Errors;
use crate::model::Model;
use crate::syntax::{self, Derive};

/// The table of an item.
fn table(derive: Derive, item: &str) -> String {
    let input = syn::parse_str(item).expect("an item");
    let mut errors = Errors::default();
    let item = syntax::read(derive, input, &mut errors);
    assert!(errors.is_empty(), "the item is wrong");
    let outline = Outline::of(&item);
    match Model::of(item) {
        Model::Struct(record) => of_record(&outline, &record),
        Model::Enum(choice) => of_choice(&outline, &choice),
        Model::Protocol(protocol) => of_protocol(&outline, &protocol),
    }
}

/// The rows alone.
fn rows(derive: Derive, item: &str) -> String {
    let table = table(derive, item);
    let rows = table.lines().filter(|line| line.starts_with('|')).skip(2);
    rows.map(|row| format!("{row}\n")).collect()
}

#[test]
fn a_message_with_its_number() {
    let table = table(
        Derive::Message,
        "#[msg_type = 3] struct Data { urgent: bool, id: u32, #[wire(len = u16)] text: String, \
         at: [i16; 2], sum: u64 }",
    );
    assert_eq!(
        table,
        "On the wire:\n\
         \n\
         | offset | size | field | type | meaning |\n\
         |---|---|---|---|---|\n\
         | 0 | 1 | `type` | `u8` | `3` marks this message |\n\
         | 1 | 1 | `urgent` | `bool` | 0 or 1 |\n\
         | 2 | 4 | `id` | `u32` |  |\n\
         | 6 | 2 + n | `text` | `String` | length in bytes (`u16`), then the text in UTF-8 |\n\
         | after `text` | 4 | `at` | `[i16; 2]` |  |\n\
         | 4 after `text` | 8 | `sum` | `u64` |  |\n\
         \n\
         Numbers are big-endian where nothing else is said."
    );
}

#[test]
fn orders_of_the_container_the_field_and_the_prefix() {
    let item = "#[msg_type(ID)] #[wire(endian = little, id = u16, trailing = ignore)] struct Data { \
                a: u16, #[wire(endian = big)] b: u16, #[wire(len = Be<u16>)] c: Vec<u8> }";
    let table = table(Derive::Message, item);
    assert!(table.ends_with(
        "\n\nNumbers are little-endian where nothing else is said. Bytes after the last field are \
         passed over."
    ));
    assert_eq!(
        rows(Derive::Message, item),
        "| 0 | 2 | `type` | `u16` | little-endian; `ID` marks this message |\n\
         | 2 | 2 | `a` | `u16` |  |\n\
         | 4 | 2 | `b` | `u16` | big-endian |\n\
         | 6 | 2 + n | `c` | `Vec<u8>` | length (`u16`, big-endian), then the bytes |\n"
    );
}

#[test]
fn lists_maps_and_options() {
    assert_eq!(
        rows(
            Derive::Wire,
            "struct All<'a> { a: Vec<u16>, #[wire(count = varint, max = MAX)] b: Vec<Part>, \
             #[wire(count = 4)] c: Vec<u32>, d: Option<u32>, e: Option<Part>, \
             #[wire(key(len = u8), item(count = u16, min = 1, max = 9))] \
             f: BTreeMap<String, Vec<u8>>, #[wire(len = 16)] g: &'a [u8], h: &'a str }"
        ),
        "| 0 | 4 + n × 2 | `a` | `Vec<u16>` | count (`u32`), then the elements |\n\
         | after `a` | 1 to 10 + … | `b` | `Vec<Part>` | count (`varint`), then the elements; \
         at most `MAX` |\n\
         | after `b` | 16 | `c` | `Vec<u32>` | `4` elements |\n\
         | 16 after `b` | 1 or 5 | `d` | `Option<u32>` | 0, or 1 and the value |\n\
         | after `d` | 1 or more | `e` | `Option<Part>` | 0, or 1 and the value |\n\
         | after `e` | 4 + … | `f` | `BTreeMap<String, Vec<u8>>` | count (`u32`), then the entries \
         in ascending order of their keys; each key with its length in bytes (`u8`); \
         each element with its count (`u16`); `1` to `9` |\n\
         | after `f` | 16 | `g` | `&'a [u8]` |  |\n\
         | 16 after `f` | 4 + n | `h` | `&'a str` | length in bytes (`u32`), \
         then the text in UTF-8 |\n"
    );
}

#[test]
fn what_has_no_layout_here_and_what_is_not_there() {
    assert_eq!(
        rows(
            Derive::Wire,
            "struct Odd(#[wire(with = a::b)] Foreign, #[wire(skip)] u8, Alias, \
             #[wire(name = \"a|b`c\")] (u8, [[u16; 3]; 2]), #[wire(len = LEN)] String, \
             #[wire(rest)] Vec<u8>);"
        ),
        "| 0 | … | `0` | `Foreign` | written and read by `a::b` |\n\
         | after `0` | … | `2` | `Alias` | as the type says |\n\
         | after `2` | 13 | `a\\|b'c` | `(u8, [[u16; 3]; 2])` |  |\n\
         | 13 after `2` | `LEN` | `4` | `String` |  |\n\
         | after `4` | … | `5` | `Vec<u8>` | all that is left |\n"
    );
    assert_eq!(table(Derive::Wire, "struct Nothing;"), "No bytes on the wire.");
}

#[test]
fn an_enum_has_its_tag_and_the_fields_of_each_variant() {
    let item = "#[wire(tag = u16)] enum Event { Tick(u32), Say { #[wire(len = u8)] text: String, \
                at: u64 } = 7, Stop, #[wire(unknown)] Other(u16, #[wire(rest)] Vec<u8>) }";
    assert_eq!(
        rows(Derive::Wire, item),
        "| 0 | 2 | `tag` | `u16` | 0 `Tick`, 7 `Say`, 8 `Stop`, any other `Other` |\n\
         | 2 | 4 | `Tick.0` | `u32` |  |\n\
         | 2 | 1 + n | `Say.text` | `String` | length in bytes (`u8`), then the text in UTF-8 |\n\
         | after `Say.text` | 8 | `Say.at` | `u64` |  |\n\
         | 2 | … | `Other.1` | `Vec<u8>` | all that is left |\n"
    );
    assert!(table(Derive::Wire, item).contains("byte order of the message around them"));
}

#[test]
fn a_protocol_has_the_number_and_its_messages() {
    assert_eq!(
        rows(
            Derive::Protocol,
            "enum Chat<'a> { Login(Login<'a>), Big(Box<Data>), #[wire(unknown)] Other(Unknown) }"
        ),
        "| 0 | 1 | `type` | `u8` | the number of the message |\n\
         | 1 | … | `message` | one of | `Login<'a>`, `Data`, any other: `Unknown` |\n"
    );
}

#[test]
fn what_words_say_of_other_fields() {
    assert_eq!(
        rows(
            Derive::Wire,
            "#[wire(magic = b\"AB\")] struct Packet { head: Head, flags: u8, \
             #[wire(before(n: u16 = count(items)))] #[wire(count = n)] items: Vec<u16>, \
             #[wire(len = head.size * 2 - 4)] body: Vec<u8>, \
             #[wire(if(flags & 1 != 0), pad = 2)] extra: Option<u32>, \
             #[wire(reserved)] gap: u16, \
             #[wire(after(crc: u32 = crc32(flags..=kind)), range = 1..=9)] kind: u8 }"
        ),
        "| 0 | 2 | `magic` | `[u8; 2]` | always `b\"AB\"` |\n\
         | 2 | … | `head` | `Head` | as the type says |\n\
         | after `head` | 1 | `flags` | `u8` |  |\n\
         | 1 after `head` | 2 | `n` | `u16` | always `count(items)` |\n\
         | 3 after `head` | n × 2 | `items` | `Vec<u16>` | `n` elements |\n\
         | after `items` | n | `body` | `Vec<u8>` | `(head.size * 2) - 4` bytes |\n\
         | after `body` | 2 | `pad` |  | zeros |\n\
         | 2 after `body` | 0 or 4 | `extra` | `u32` | if `(flags & 1) != 0` |\n\
         | after `extra` | 2 | `gap` | `u16` | reserved |\n\
         | 2 after `extra` | 1 | `kind` | `u8` | in `1..=9` |\n\
         | 3 after `extra` | 4 | `crc` | `u32` | `crc32` of `flags` to `kind` |\n"
    );
}

#[test]
fn an_enum_with_ranges_and_lengths() {
    assert_eq!(
        rows(
            Derive::Wire,
            "#[wire(tag = varint, endian = big)] enum Attribute { #[wire(tag = 3..=7)] Private(u8, u16), \
             #[wire(tag = CODE)] Coded(u32), #[wire(unknown)] Other(u64, u8) }"
        ),
        "| 0 | 1 to 10 | `tag` | `varint` | 3 to 7 `Private`, `CODE` `Coded`, any other `Other` |\n\
         | after `tag` | 2 | `Private.1` | `u16` |  |\n\
         | after `tag` | 4 | `Coded.0` | `u32` |  |\n\
         | after `tag` | 1 | `Other.1` | `u8` |  |\n"
    );
}

#[test]
fn an_order_that_a_field_tells() {
    let item =
        "struct Told { order: u8, #[wire(endian = if order == 1 { big } else { little })] n: u32 }";
    assert!(rows(Derive::Wire, item).contains("| 1 | 4 | `n` | `u32` | its order is "));
}
