//! The twins side by side: the same input, the same result.

use alloc::vec::Vec;
use core::marker::PhantomData;

use super::image::{from_wire, image};
use super::probe::{Image, Lend, Make, Probe};
use super::{fast, safe};
use crate::{Big, Fault, Little, Order, Reader, Sink};

/// Lengths around every boundary at which the fast half takes another way.
const LENS: core::ops::Range<usize> = 0..140;

/// Bytes that are all different for a while.
fn bytes(len: usize) -> Vec<u8> {
    (1..=97).cycle().take(len).collect()
}

#[test]
fn copies_are_equal_at_every_length() {
    for len in LENS {
        let source = bytes(len);
        let (mut by_fast, mut by_safe) = (alloc::vec![0; len], alloc::vec![0; len]);
        fast::copy(&mut by_fast, &source);
        safe::copy(&mut by_safe, &source);
        assert_eq!(by_fast, source, "{len} bytes");
        assert_eq!(by_safe, source, "{len} bytes");
    }
}

#[test]
#[should_panic(expected = "target.len() == source.len()")]
fn a_copy_of_another_length_panics() {
    fast::copy(&mut [0; 3], &[0; 4]);
}

#[test]
fn text_is_judged_equally_wherever_a_byte_is_wrong() {
    for len in LENS {
        let mut text = bytes(len);
        assert_eq!(fast::text(&text), safe::text(&text));
        assert!(fast::text(&text).is_ok(), "{len} bytes");
        for at in 0..len {
            let good = core::mem::replace(&mut text[at], 0xff);
            assert_eq!(fast::text(&text), Err(at), "0xff at {at} of {len}");
            assert_eq!(safe::text(&text), Err(at), "0xff at {at} of {len}");
            text[at] = good;
        }
    }
    let umlauts = "ä".repeat(40);
    assert_eq!(fast::text(umlauts.as_bytes()), Ok(umlauts.as_str()));
}

#[test]
fn strings_are_equal_and_take_what_they_need() {
    for len in LENS {
        let text = "x".repeat(len);
        assert_eq!(fast::string(&text), safe::string(&text));
        assert_eq!(fast::string(&text).capacity(), len);
    }
}

/// Writes the same pieces into a sink of either kind.
fn write<S: Sink>(sink: &mut S, len: usize) {
    let piece = bytes(len);
    sink.need(len).expect("a vector grows");
    sink.put([1, 2, 3]).expect("a vector grows");
    sink.bytes_before(&piece, 8).expect("a vector grows");
    sink.numbers(&[0x0102_u16, 0x0304], u16::to_be_bytes).expect("a vector grows");
    sink.locally(|sink| sink.bytes(&piece)).expect("a vector grows");
    sink.put([9]).expect("a vector grows");
}

#[test]
fn vectors_grow_to_the_same_bytes() {
    for len in LENS {
        for room in [0, 1, 7, 64, 1000] {
            let (mut by_fast, mut by_safe) = (Vec::with_capacity(room), Vec::new());
            by_fast.push(0xaa);
            by_safe.push(0xaa);
            let (mut fast, mut safe) =
                (fast::VecSink::new(&mut by_fast, 3), safe::VecSink::new(&mut by_safe, 3));
            write(&mut fast, len);
            write(&mut safe, len);
            fast.finish();
            safe.finish();
            let piece = bytes(len);
            let expected = [&[0xaa, 1, 2, 3], &piece[..], &[1, 2, 3, 4], &piece[..], &[9]].concat();
            assert_eq!(by_fast, expected, "{len} bytes into {room}");
            assert_eq!(by_safe, expected, "{len} bytes into {room}");
        }
    }
}

/// Looks back and patches, and returns all that a sink says about itself.
fn look_back<S: Sink>(sink: &mut S, len: usize) -> (usize, Vec<u8>, Option<Vec<u8>>, usize, u32) {
    write(sink, len);
    let end = sink.position();
    sink.patch(1, [0xb0, 0xb1]);
    sink.locally(|sink| sink.patch(end - 1, [0xb2]));
    for (at, past) in [(end - 1, [0; 2]), (end, [0; 2]), (usize::MAX, [0; 2])] {
        sink.patch(at, past);
    }
    let since = sink.since(1).expect("it is in memory").to_vec();
    let past = sink.since(end + 1).map(<[u8]>::to_vec);
    sink.zeros(len).expect("a vector grows");
    (end, since, past, sink.meter().position(), sink.meter().version())
}

#[test]
fn sinks_know_what_they_wrote() {
    for len in LENS {
        for room in [0, 1, 7, 64, 1000] {
            let (mut by_fast, mut by_safe) = (Vec::with_capacity(room), Vec::new());
            by_fast.push(0xaa);
            by_safe.push(0xaa);
            let mut fast = fast::VecSink::new(&mut by_fast, 3);
            let seen = look_back(&mut fast, len);
            fast.finish();
            let mut safe = safe::VecSink::new(&mut by_safe, 3);
            assert_eq!(seen, look_back(&mut safe, len), "{len} bytes into {room}");
            let (end, mut since, past, after, version) = seen;
            assert_eq!(version, 3);

            let piece = bytes(len);
            let expected = [&[0xb0, 0xb1], &piece[..], &[1, 2, 3, 4], &piece[..], &[0xb2]].concat();
            assert_eq!((since.clone(), past), (expected, None), "{len} bytes into {room}");
            assert_eq!((end, after), (since.len() + 1, since.len() + 1 + len));
            since.splice(..0, [0xaa, 1]);
            since.resize(since.len() + len, 0);
            assert_eq!(by_fast, since, "{len} bytes into {room}");
            assert_eq!(by_safe, since, "{len} bytes into {room}");
        }
    }
}

/// Two numbers without padding between them.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Pair {
    x: u32,
    y: u32,
}

static ELSEWHERE: u32 = 7;

/// How the numbers of a `Pair` are lent: the truth, and every lie that came to mind.
fn lend<'s, O: Order>(way: usize, pair: &'s Pair, probe: &mut Probe<'s>) {
    match way {
        0 => {
            probe.lane::<u32, O>(&pair.x);
            probe.lane::<u32, O>(&pair.y);
        }
        1 => probe.lane::<u32, O>(&pair.x),
        2 => {
            probe.lane::<u32, O>(&pair.y);
            probe.lane::<u32, O>(&pair.x);
        }
        3 => {
            probe.lane::<u32, O>(&pair.x);
            probe.lane::<u32, O>(&pair.x);
        }
        4 => {
            probe.lane::<u32, O>(&pair.x);
            probe.lane::<u32, O>(&ELSEWHERE);
        }
        5 => {
            probe.lane::<u32, O>(&pair.x);
            probe.lane::<u32, O>(&pair.y);
            probe.lane::<u32, O>(&ELSEWHERE);
        }
        6 => {
            probe.lane::<u32, Big>(&pair.x);
            probe.lane::<u32, Little>(&pair.y);
        }
        7 => {
            probe.lane::<u32, O>(&pair.x);
            probe.lane::<u32, O>(&pair.y);
            probe.refuse();
        }
        _ => {}
    }
}

/// Lends in one way, and makes odd pairs wrongly if `spoil` says so.
struct Teller<const WAY: usize, O> {
    spoil: bool,
    order: PhantomData<O>,
}

impl<const WAY: usize, O: Order> Lend<Pair> for Teller<WAY, O> {
    fn lend<'s>(pair: &'s Pair, probe: &mut Probe<'s>) {
        // With this way, only the second of two pairs lies.
        let way = if WAY == ONE_LIAR { usize::from(pair.x == 3) } else { WAY };
        lend::<O>(way, pair, probe);
    }
}

impl<'w, const WAY: usize, O: Order> Make<'w, Pair> for Teller<WAY, O> {
    fn make(&self, piece: &'w [u8]) -> Result<Pair, Fault> {
        let mut r = Reader::new(piece);
        let number = if O::BIG { u32::from_be_bytes } else { u32::from_le_bytes };
        let (x, y) = (number(r.take()?), number(r.take()?));
        if x == 0xdead {
            return Err(r.refuse("dead"));
        }
        Ok(Pair { x, y: if self.spoil { y.wrapping_add(x & 1) } else { y } })
    }
}

/// The number of the way that is nine parts truth.
const ONE_LIAR: usize = 9;

/// Runs `$check` for each way but the truth.
macro_rules! for_each_lie {
    ($check:ident($($argument:expr),*)) => {
        $check::<1>($($argument),*);
        $check::<2>($($argument),*);
        $check::<3>($($argument),*);
        $check::<4>($($argument),*);
        $check::<5>($($argument),*);
        $check::<6>($($argument),*);
        $check::<7>($($argument),*);
        $check::<8>($($argument),*);
        $check::<ONE_LIAR>($($argument),*);
    };
}

const PAIRS: [Pair; 2] = [Pair { x: 1, y: 2 }, Pair { x: 3, y: 4 }];

#[test]
fn the_truth_makes_an_image() {
    let same: Vec<u8> = [1_u32, 2, 3, 4].iter().flat_map(|number| number.to_ne_bytes()).collect();
    let pieces: Vec<[u8; 4]> = [1_u32, 2, 3, 4].map(u32::to_ne_bytes).to_vec();
    let (little, big) =
        (image::<Pair, Teller<0, Little>>(&PAIRS), image::<Pair, Teller<0, Big>>(&PAIRS));
    let (native, foreign) =
        if cfg!(target_endian = "little") { (little, big) } else { (big, little) };
    assert_eq!(native, Some(Image::Same(&same)));
    assert_eq!(foreign, Some(Image::Swapped4(&pieces)));
    assert_eq!(image::<Pair, Teller<0, Big>>(&[]), None);
    assert_eq!(safe::image::<Pair, Teller<0, Little>>(&PAIRS), None);
}

#[test]
fn a_lie_makes_no_image() {
    fn check<const WAY: usize>() {
        assert_eq!(image::<Pair, Teller<WAY, Little>>(&PAIRS), None, "lie {WAY}");
        assert_eq!(image::<Pair, Teller<WAY, Big>>(&PAIRS), None, "lie {WAY}");
    }
    for_each_lie!(check());
}

/// Reads `wire` both ways, spoiled and not, in both orders.
fn compare<const WAY: usize>(wire: &[u8]) {
    fn compare_in<const WAY: usize, O: Order>(wire: &[u8]) {
        for spoil in [false, true] {
            let teller = Teller::<WAY, O> { spoil, order: PhantomData };
            let by_image = from_wire(wire, &teller);
            assert_eq!(by_image, safe::from_wire(wire, &teller), "way {WAY}, spoiled {spoil}");
            if let Ok(pairs) = by_image {
                assert_eq!(pairs.len(), wire.len() / 8);
            }
        }
    }
    compare_in::<WAY, Big>(wire);
    compare_in::<WAY, Little>(wire);
}

#[test]
fn lists_are_read_to_the_same_values_whatever_is_claimed() {
    for count in [0_u32, 1, 2, 9] {
        let mut numbers: Vec<u32> = (0..2 * count).map(|number| number * 0x0102_0304).collect();
        for _ in 0..2 {
            let wire: Vec<u8> = numbers.iter().flat_map(|number| number.to_be_bytes()).collect();
            compare::<0>(&wire);
            for_each_lie!(compare(&wire));
            // Once more with an element that is refused.
            if let Some(last) = numbers.iter_mut().rev().nth(1) {
                *last = 0xdead;
            }
        }
    }
}
