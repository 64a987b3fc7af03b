// errors: 0
//! Commas within generic arguments do not end a word.

use std::collections::BTreeMap;

use protocol_core::{Pack, Unpack, Wire};

const fn width<A, B>() -> usize {
    size_of::<A>() + size_of::<B>()
}

#[derive(Debug, Clone, PartialEq)]
struct Pair<A, B>(A, B);

impl Pair<u8, u16> {
    const LIMIT: usize = 3;
}

#[derive(Wire, Debug, PartialEq)]
struct Record {
    #[wire(len = width::<u8, u16>())]
    text: String,
    #[wire(skip, default = <BTreeMap<u8, u16>>::new())]
    cache: BTreeMap<u8, u16>,
    #[wire(count = u8, max = <Pair<u8, u16>>::LIMIT)]
    list: Vec<u8>,
    #[wire(skip, default = Pair::<u8, u16>(1, 2))]
    pair: Pair<u8, u16>,
    #[wire(check(list.iter().map(|it| u16::from(*it)).sum::<u16>() < 9, "too much"))]
    last: u8,
}

fn main() {
    let record = Record {
        text: "abc".into(),
        cache: BTreeMap::new(),
        list: vec![1],
        pair: Pair(1, 2),
        last: 7,
    };
    assert_eq!(record.pack().unwrap(), b"abc\x01\x01\x07");
    assert_eq!(Record::unpack(b"abc\x01\x01\x07").unwrap(), record);
}
