// errors: 0
//! Lifetimes, types, constants and where-clauses.

use protocol_core::{Message, Pack, Unpack, Wire};

#[derive(Wire, Debug, PartialEq)]
struct Pair<A, B>(A, B)
where
    A: Clone;

#[derive(Message, Debug, PartialEq)]
#[msg_type = 1]
struct Page<'a, T, const N: usize>
where
    T: PartialEq,
{
    items: [T; N],
    pair: Pair<u8, T>,
    #[wire(rest)]
    self_: &'a [u8],
}

fn main() {
    let page = Page { items: [1_u16, 2], pair: Pair(3, 4), self_: b"x" };
    let bytes = page.pack().unwrap();
    assert_eq!(bytes, b"\x01\0\x01\0\x02\x03\0\x04x");
    assert_eq!(Page::unpack(&bytes).unwrap(), page);
}
