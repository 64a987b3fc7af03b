//! Types that nest in themselves: 64 levels pass, 65 fail, both ways, and a million do no harm.

use protocol_core::{Limits, Message, Pack, PackErrorKind, Unpack, UnpackErrorKind, Wire};

use crate::heap;
use crate::messages::recursive::{Chain, Circle, Expression, Formula, Link, Node, Ring, Tree};

fn tree(levels: u32) -> Tree {
    let leaf = Node { value: 0, children: vec![] };
    let wrap = |inner, _| Node { value: 1, children: vec![inner] };
    Tree { root: (1..levels).fold(leaf, wrap) }
}

fn chain(levels: u32) -> Chain {
    let last = Chain { value: 0, next: None };
    (1..levels).fold(last, |inner, _| Chain { value: 1, next: Some(Box::new(inner)) })
}

fn formula(levels: u32) -> Formula {
    let number = Expression::Number(1);
    let wrap = |inner, _| Expression::Negative(Box::new(inner));
    Formula { expression: (1..levels).fold(number, wrap) }
}

fn circle(levels: u32) -> Circle {
    let last = Ring { id: 0, link: None };
    let wrap = |inner, _| Ring { id: 1, link: Some(Box::new(Link { ring: Some(inner) })) };
    Circle { ring: Some((1..levels).fold(last, wrap)) }
}

fn tree_bytes(levels: usize) -> Vec<u8> {
    [&[1][..], &b"\x01\0\0\0\x01".repeat(levels - 1), b"\0\0\0\0\0"].concat()
}

fn chain_bytes(levels: usize) -> Vec<u8> {
    [&[2][..], &b"\0\x01\x01".repeat(levels - 1), b"\0\0\0"].concat()
}

fn formula_bytes(levels: usize) -> Vec<u8> {
    [&[3][..], &b"\x02".repeat(levels - 1), b"\0\0\0\0\x01"].concat()
}

fn circle_bytes(levels: usize) -> Vec<u8> {
    [&[4, 1][..], &b"\x01\x01\x01".repeat(levels - 1), b"\0\0"].concat()
}

/// Asserts that `max` levels go both ways, one more neither, and very many are refused as well.
fn nests<T>(max: u32, value: fn(u32) -> T, bytes: fn(usize) -> Vec<u8>)
where
    T: for<'a> Unpack<'a> + PartialEq + std::fmt::Debug,
{
    let deepest = bytes(max as usize);
    assert_eq!(value(max).pack().as_ref(), Ok(&deepest));
    assert_eq!(T::unpack(&deepest).as_ref(), Ok(&value(max)));

    let kind = value(max + 1).pack().map_err(|error| error.kind());
    assert_eq!(kind, Err(PackErrorKind::TooDeep { max }));
    assert_eq!(
        value(max + 1).packed_len().map_err(|e| e.kind()),
        Err(PackErrorKind::TooDeep { max })
    );
    for levels in [max as usize + 1, 1_000_000] {
        let input = bytes(levels);
        let (result, held) = heap::peak(|| T::unpack(&input));
        let error = result.unwrap_err();
        assert_eq!(error.kind(), UnpackErrorKind::TooDeep { max });
        assert!(held <= 32 * 1024, "{held} bytes of heap for {levels} levels");
    }
}

#[test]
fn lists() {
    nests(64, tree, tree_bytes);
}

#[test]
fn boxes() {
    nests(64, chain, chain_bytes);
}

#[test]
fn enums() {
    nests(64, formula, formula_bytes);
}

#[test]
fn a_circle_of_two_types() {
    nests(3, circle, circle_bytes);
}

/// Where the 65th level begins is where the error stands.
#[test]
fn the_place() {
    let error = Formula::unpack(&formula_bytes(65)).unwrap_err();
    assert_eq!(error.offset(), 65);
    let error = Chain::unpack(&chain_bytes(65)).unwrap_err();
    assert_eq!(error.offset(), 1 + 64 * 3);
}

/// The path of so deep an error is long, and still begins with the message.
#[test]
fn the_path_begins_with_the_message() {
    let error = Chain::unpack(&chain_bytes(65)).unwrap_err();
    assert!(error.to_string().starts_with("Chain.next.next."), "{error}");
    let error = Tree::unpack(&tree_bytes(65)).unwrap_err();
    assert!(error.to_string().starts_with("Tree.root.children[0]."), "{error}");
    let error = tree(65).pack().unwrap_err();
    assert!(error.to_string().starts_with("Tree.root.children[0]."), "{error}");
}

/// What is beside is not below.
#[test]
fn siblings_are_not_depth() {
    let leaf = || Node { value: 1, children: vec![] };
    let tree = Tree { root: Node { value: 0, children: (0..500).map(|_| leaf()).collect() } };
    let bytes = tree.pack().expect("two levels");
    assert_eq!(Tree::unpack(&bytes), Ok(tree));
}

#[test]
fn the_smaller_limit_holds() {
    let within = |depth, levels| {
        let limits = Limits { depth, ..Limits::DEFAULT };
        Chain::unpack_within(&chain_bytes(levels), &limits).is_ok()
    };
    assert!(within(10, 10));
    assert!(!within(10, 11));
    assert!(!within(1000, 65), "the type allows 64");
    assert!(!within(0, 1));
}

/// A level that takes no bytes is counted too.
#[test]
fn a_depth_without_fields() {
    #[derive(Wire, Debug, PartialEq)]
    #[wire(depth = 1)]
    struct Nothing;

    #[derive(Message, Debug, PartialEq)]
    #[msg_type = 9]
    struct Holder {
        nothing: Nothing,
        value: u8,
    }

    let holder = Holder { nothing: Nothing, value: 7 };
    assert_eq!(holder.pack().as_deref(), Ok(&[9, 7][..]));
    assert_eq!(Holder::unpack(&[9, 7]), Ok(holder));
    assert_eq!(Nothing::unpack(&[]), Ok(Nothing));
}

/// Its length is measured before it is written, and so is that of each one within it.
#[derive(Wire, Debug, PartialEq)]
struct Measured {
    #[wire(value = len(kids))]
    n: u16,
    #[wire(count = u8)]
    kids: Vec<Measured>,
}

fn measured(levels: u16) -> (Measured, Vec<u8>) {
    let mut value = Measured { n: 1, kids: vec![] };
    let mut bytes = vec![0, 1, 0];
    for _ in 1..levels {
        let n = u16::try_from(bytes.len() + 1).expect("short");
        bytes = [&n.to_be_bytes()[..], &[1], &bytes].concat();
        value = Measured { n, kids: vec![value] };
    }
    (value, bytes)
}

#[test]
fn lengths_measured_within_lengths_end_early() {
    let (value, bytes) = measured(8);
    assert_eq!(value.pack().expect("8 levels"), bytes);
    assert_eq!(Measured::unpack(&bytes), Ok(value));
    // Without a limit, each level would double the time.
    let (value, bytes) = measured(60);
    let error = value.pack().expect_err("60 levels").to_string();
    assert!(error.ends_with("lengths that earlier fields tell nest deeper than 8"), "{error}");
    assert!(Measured::unpack(&bytes).is_err());
}
