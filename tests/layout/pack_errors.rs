//! The exact text of every error of packing, and that nothing of a refused value stays behind.

use std::collections::BTreeMap;

use protocol_core::{Message, Pack, Unknown, Wire};

use crate::messages::enums::{Code, Codes, Event, Report};
use crate::messages::fields::Converted;
use crate::messages::limits::{Highest, ItemWithin, Lowest, RestListWithin, RestWithin};
use crate::messages::protocols::{Chat, Wide};
use crate::messages::recursive::{Chain, Node, Tree};

/// Asserts the error of packing `value`, the same by every way.
fn says<T: Pack>(value: &T, expected: &str) {
    assert_eq!(value.pack().unwrap_err().to_string(), expected, "pack");
    assert_eq!(value.packed_len().unwrap_err().to_string(), expected, "packed_len");
    let error = value.pack_slice(&mut [0; 100_000]).unwrap_err();
    assert_eq!(error.to_string(), expected, "pack_slice");
    let mut bytes = b"before".to_vec();
    assert_eq!(value.pack_into(&mut bytes).unwrap_err().to_string(), expected, "pack_into");
    assert_eq!(bytes, b"before", "what was packed before the error stays behind");
}

#[derive(Wire)]
struct Item {
    id: u8,
    #[wire(len = u8)]
    name: String,
}

#[derive(Message)]
#[msg_type = 3]
struct Data {
    items: Vec<Item>,
    #[wire(count = u8)]
    map: BTreeMap<u16, u8>,
    #[wire(len = 4)]
    magic: String,
}

fn data() -> Data {
    let item = |id| Item { id, name: "n".into() };
    Data { items: (0..4).map(item).collect(), map: BTreeMap::new(), magic: "GIF8".into() }
}

#[test]
fn a_length_that_does_not_fit_its_prefix() {
    let mut value = data();
    value.items[3].name = "x".repeat(255);
    assert!(value.pack().is_ok());
    value.items[3].name.push('x');
    says(&value, "Data.items[3].name: length 256 is above the limit of 255");

    let mut value = data();
    value.map = (0..256).map(|key| (key, 0)).collect();
    says(&value, "Data.map: length 256 is above the limit of 255");
}

#[test]
fn another_length_than_the_fixed_one() {
    let mut value = data();
    value.magic = "GIF".into();
    says(&value, "Data.magic: length 3 is below the limit of 4");
    value.magic = "GIF89".into();
    says(&value, "Data.magic: length 5 is above the limit of 4");
}

#[test]
fn above_limit() {
    let value = || Highest {
        text: "abc".into(),
        short: "x".repeat(10),
        words: vec![0; 4],
        map: BTreeMap::from([(1, 1), (2, 2)]),
    };
    assert!(value().pack().is_ok());
    says(
        &Highest { text: "abcd".into(), ..value() },
        "Highest.text: length 4 is above the limit of 3",
    );
    says(
        &Highest { short: "x".repeat(11), ..value() },
        "Highest.short: length 11 is above the limit of 10",
    );
    says(
        &Highest { words: vec![0; 5], ..value() },
        "Highest.words: length 5 is above the limit of 4",
    );
    says(
        &Highest { map: (0..3).map(|key| (key, 0)).collect(), ..value() },
        "Highest.map: length 3 is above the limit of 2",
    );
    says(
        &ItemWithin { texts: vec!["ab".into(), "abc".into()] },
        "ItemWithin.texts[1]: length 3 is above the limit of 2",
    );
    says(&RestWithin { text: "fives".into() }, "RestWithin.text: length 5 is above the limit of 4");
    says(
        &RestListWithin { words: vec![1, 2, 3] },
        "RestListWithin.words: length 3 is above the limit of 2",
    );
}

#[test]
fn below_limit() {
    says(
        &Lowest { text: "a".into(), words: vec![1, 2] },
        "Lowest.text: length 1 is below the limit of 2",
    );
    says(
        &Lowest { text: "ab".into(), words: vec![1] },
        "Lowest.words: length 1 is below the limit of 2",
    );
    says(&RestWithin { text: "a".into() }, "RestWithin.text: length 1 is below the limit of 2");
    says(
        &RestListWithin { words: vec![] },
        "RestListWithin.words: length 0 is below the limit of 1",
    );
}

#[test]
fn a_known_number_as_unknown() {
    says(
        &Chat::Other(Unknown::new(3, vec![])),
        "Chat: 3 is known, so it cannot stand in the variant for unknown ones",
    );
    says(
        &Wide::Other(Unknown::new(0x0101, vec![])),
        "Wide: 257 is known, so it cannot stand in the variant for unknown ones",
    );
    says(
        &Codes { codes: [Code::Done, Code::Other(500), Code::Full] },
        "Codes.codes[1]: 500 is known, so it cannot stand in the variant for unknown ones",
    );
    says(
        &Report { event: Event::Other(1, vec![2]) },
        "Report.event: 1 is known, so it cannot stand in the variant for unknown ones",
    );
}

#[test]
fn a_number_that_is_too_large() {
    says(&Chat::Other(Unknown::new(256, vec![])), "Chat: 256 is above the largest value of 255");
    says(
        &Wide::Other(Unknown::new(0x1_0000, vec![])),
        "Wide: 65536 is above the largest value of 65535",
    );
}

#[test]
fn refused_by_a_module() {
    says(
        &Converted { before: 1, digits: 10_000, after: 2 },
        "Converted.digits: more than four digits",
    );
}

/// 65 levels where 64 are allowed. What else depth does is the subject of `hostile`.
#[test]
fn too_deep() {
    let mut chain = Chain { value: 0, next: None };
    for value in 1..65 {
        assert!(chain.pack().is_ok(), "level {value}");
        chain = Chain { value, next: Some(Box::new(chain)) };
    }
    let expected = format!("Chain{}: nested more than 64 levels deep", ".next".repeat(64));
    says(&chain, &expected);
}

#[test]
fn siblings_are_not_depth() {
    let leaf = || Node { value: 1, children: vec![] };
    let root = Node { value: 0, children: (0..200).map(|_| leaf()).collect() };
    assert!(Tree { root }.pack().is_ok());
}
