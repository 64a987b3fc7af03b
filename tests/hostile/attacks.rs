//! Attacks that once succeeded, each with what it broke.

use std::collections::BTreeMap;
use std::thread;

use protocol_core::{Limits, Message, Pack, Unpack, UnpackErrorKind, Wire, WireOwned, explain};

use crate::heap::peak;

/// What a thread has if nobody asks for more.
const STACK: usize = 2 * 1024 * 1024;

#[derive(Message, Debug)]
#[msg_type = 1]
struct Large {
    pad: [u8; 8192],
    next: Option<Box<Large>>,
}

/// 64 levels of 8 KiB were within every limit, and overflowed the stack.
#[test]
fn large_values_nest_no_deeper_than_a_stack_holds() {
    let mut bytes = vec![1];
    for level in 0..64 {
        bytes.extend([0; 8192]);
        bytes.push(u8::from(level < 63));
    }
    let reading = thread::Builder::new().stack_size(STACK);
    let reading = reading.spawn(move || Large::unpack(&bytes).map(drop)).expect("a thread");
    let error = reading.join().expect("the stack holds").expect_err("too deep");
    assert_eq!(error.kind(), UnpackErrorKind::TooDeep { max: 15 });
}

#[derive(Wire, Debug)]
struct Swollen {
    small: u8,
    #[wire(skip, default = [0; 1024])]
    _large: [u64; 1024],
}

#[derive(Message, Debug)]
#[msg_type = 1]
struct Fixed {
    #[wire(count = 3000)]
    items: Vec<Swollen>,
}

/// A message of one length took 24 MB without asking the budget, and `explain` disagreed.
#[test]
fn lists_of_a_fixed_length_are_charged() {
    let bytes = [1; 3001];
    let (result, heap) = peak(|| Fixed::unpack(&bytes));
    let error = result.expect_err("3000 elements of 8 KiB are above the budget");
    assert!(matches!(error.kind(), UnpackErrorKind::Memory { .. }), "{error}");
    assert_eq!(explain::<Fixed>(&bytes).error(), Some(&error));
    assert!(heap < 64 * 1024, "{heap} bytes for 3001");
}

#[derive(Message, Debug)]
#[msg_type = 1]
struct Maps {
    maps: Vec<BTreeMap<u8, Option<[u8; 1024]>>>,
}

/// A map of one entry holds a node with room for eleven.
#[test]
fn nodes_of_maps_are_charged() {
    let count: u32 = 4000;
    let mut bytes = vec![1];
    bytes.extend(count.to_be_bytes());
    for _ in 0..count {
        bytes.extend([0, 0, 0, 1, 1, 0]);
    }
    let (result, heap) = peak(|| Maps::unpack(&bytes));
    let error = result.expect_err("4000 nodes of 11 KiB are above the budget");
    assert!(matches!(error.kind(), UnpackErrorKind::Memory { .. }), "{error}");
    let budget = usize::try_from(Limits::DEFAULT.memory).expect("a size");
    assert!(heap < budget + budget / 8, "{heap} bytes on a budget of {budget}");
}

#[derive(Wire, Debug)]
struct Hidden {
    #[wire(with = hidden)]
    inner: Option<Box<Hidden2>>,
}

#[derive(Wire, Debug)]
struct Hidden2 {
    inner: Option<Box<Hidden>>,
}

/// Reads what no constant can see.
mod hidden {
    use protocol_core::{Big, Fault, Reader, Sink};

    use super::Hidden2;

    pub(super) fn pack<W: Sink>(inner: &Option<Box<Hidden2>>, w: &mut W) -> Result<(), Fault> {
        match inner {
            None => w.put([0]),
            Some(_) => Err(w.refuse("only read in this test")),
        }
    }

    pub(super) fn unpack(r: &mut Reader<'_, '_>) -> Result<Option<Box<Hidden2>>, Fault> {
        r.read::<_, Big>()
    }
}

/// A circle through a `with` module was counted by nobody.
#[test]
fn reads_of_with_modules_are_counted() {
    let reading = thread::Builder::new().stack_size(STACK);
    let reading = reading.spawn(|| Hidden::unpack(&[1; 1 << 20]).map(drop)).expect("a thread");
    let error = reading.join().expect("the stack holds").expect_err("too deep");
    assert_eq!(error.kind(), UnpackErrorKind::TooDeep { max: 64 });
}

#[derive(Message, Debug)]
#[msg_type = 2]
struct Tolerant {
    #[wire(with = tolerant)]
    flag: u8,
    letter: char,
}

/// Swallows a fault.
mod tolerant {
    use protocol_core::{Big, Fault, Reader, Sink};

    pub(super) fn pack<W: Sink>(flag: &u8, w: &mut W) -> Result<(), Fault> {
        w.put([*flag])
    }

    pub(super) fn unpack(r: &mut Reader<'_, '_>) -> Result<u8, Fault> {
        let [byte] = r.take()?;
        let mut again = Reader::new(&[7]);
        let swallowed = again.read::<bool, Big>().is_err() && r.read::<bool, Big>().is_err();
        Ok(byte + u8::from(swallowed))
    }
}

/// The error that a `with` module got over was reported for the one that came later.
#[test]
fn a_swallowed_fault_is_forgotten() {
    let error = Tolerant::unpack(b"\x02\x05\x07\xff\xff\xff\xff").expect_err("no such letter");
    assert_eq!(error.kind(), UnpackErrorKind::NotChar { got: 0xffff_ffff });
    assert_eq!((error.offset(), error.path().to_string().as_str()), (3, "Tolerant.letter"));
}

#[derive(Message, Debug)]
#[msg_type = 3]
struct Many {
    all: Vec<Trial>,
}

#[derive(Wire, Debug)]
struct Trial {
    #[wire(with = trial)]
    flag: u8,
    after: u8,
}

/// Reads a flag or any byte.
mod trial {
    use protocol_core::{Big, Fault, Reader, Sink};

    pub(super) fn pack<W: Sink>(flag: &u8, w: &mut W) -> Result<(), Fault> {
        w.put([*flag])
    }

    pub(super) fn unpack(r: &mut Reader<'_, '_>) -> Result<u8, Fault> {
        r.read::<bool, Big>().map(u8::from).or(Ok(7))
    }
}

/// Each swallowed fault left a level behind, so that the 65th was too deep.
#[test]
fn swallowed_faults_leave_no_levels() {
    let mut bytes = vec![3, 0, 0, 0, 100];
    bytes.extend([9; 200]);
    let many = Many::unpack(&bytes).expect("nothing nests here");
    assert!(many.all.iter().all(|trial| (trial.flag, trial.after) == (7, 9)));
    assert_eq!(many.all.len(), 100);
}

#[derive(Wire, Debug, PartialEq)]
struct Page<T: WireOwned> {
    first: T,
    rest: Vec<T>,
}

/// The bound that generic code writes did not compile beside the derive's own.
#[test]
fn owned_bounds_are_enough() {
    fn read<T: WireOwned>(bytes: &[u8]) -> Option<Page<T>> {
        Page::unpack(bytes).ok()
    }
    let page = Page { first: 1_u16, rest: vec![2] };
    assert_eq!(read(b"\0\x01\0\0\0\x01\0\x02").as_ref(), Some(&page));
    assert_eq!(page.pack().expect("it packs"), b"\0\x01\0\0\0\x01\0\x02");
}
