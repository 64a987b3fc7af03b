//! The twins side by side: the same input, the same result.

use alloc::vec::Vec;

use super::image::{from_wire, image};
use super::probe::{Image, Probe};
use super::{fast, safe};
use crate::{Big, Fault, Little, Order, Reader, Sink, Wire};

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
                (fast::VecSink::new(&mut by_fast), safe::VecSink::new(&mut by_safe));
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

/// The number of ways to lend, the last of which lends nothing.
const WAYS: usize = 9;

#[test]
fn only_the_truth_makes_an_image() {
    let pairs = [Pair { x: 1, y: 2 }, Pair { x: 3, y: 4 }];
    let same: Vec<u8> = [1_u32, 2, 3, 4].iter().flat_map(|number| number.to_ne_bytes()).collect();
    let pieces: Vec<[u8; 4]> = [1_u32, 2, 3, 4].map(u32::to_ne_bytes).to_vec();
    let (native, foreign) = if cfg!(target_endian = "little") {
        (
            image(&pairs, |pair, probe| lend::<Little>(0, pair, probe)),
            image(&pairs, |pair, probe| lend::<Big>(0, pair, probe)),
        )
    } else {
        (
            image(&pairs, |pair, probe| lend::<Big>(0, pair, probe)),
            image(&pairs, |pair, probe| lend::<Little>(0, pair, probe)),
        )
    };
    assert_eq!(native, Some(Image::Same(&same)));
    assert_eq!(foreign, Some(Image::Swapped4(&pieces)));
    assert_eq!(safe::image(&pairs, |pair, probe| lend::<Little>(0, pair, probe)), None);
    for way in 1..WAYS {
        let lied = image(&pairs, |pair, probe| lend::<Little>(way, pair, probe));
        assert_eq!(lied, None, "lie {way}");
    }
    // One liar among honest ones.
    let lied = image(&pairs, |pair, probe| {
        lend::<Little>(usize::from(pair.x == 3), pair, probe);
    });
    assert_eq!(lied, None);
    assert_eq!(image(&pairs[..0], |pair, probe| lend::<Big>(0, pair, probe)), None);
}

/// Reads a `Pair`; odd ones are read wrongly on purpose if `spoil` says so.
fn get<O: Order>(piece: &[u8], spoil: bool) -> Result<Pair, Fault> {
    let mut r = Reader::new(piece);
    let (x, y) = (u32::get::<O>(&mut r, 0)?, u32::get::<O>(&mut r, 0)?);
    if x == 0xdead {
        return Err(r.refuse("dead"));
    }
    Ok(Pair { x, y: if spoil { y.wrapping_add(x & 1) } else { y } })
}

fn both<O: Order>(wire: &[u8], way: usize, spoil: bool) {
    let get = |piece: &[u8]| get::<O>(piece, spoil);
    let by_image = from_wire(wire, get, |pair, probe| lend::<O>(way, pair, probe));
    let by_safe = safe::from_wire(wire, get, |pair, probe| lend::<O>(way, pair, probe));
    assert_eq!(by_image, by_safe, "way {way}, spoiled {spoil}");
    if !wire.is_empty() && by_safe.is_ok() {
        assert_eq!(by_safe.map(|pairs| pairs.len()), Ok(wire.len() / 8));
    }
}

#[test]
fn lists_are_read_to_the_same_values_whatever_is_claimed() {
    for count in [0_u32, 1, 2, 9] {
        let mut numbers: Vec<u32> = (0..2 * count).map(|number| number * 0x0102_0304).collect();
        for _ in 0..2 {
            let wire: Vec<u8> = numbers.iter().flat_map(|number| number.to_be_bytes()).collect();
            for way in 0..WAYS {
                for spoil in [false, true] {
                    both::<Big>(&wire, way, spoil);
                    both::<Little>(&wire, way, spoil);
                }
            }
            // Once more with an element that is refused.
            if let Some(last) = numbers.iter_mut().rev().nth(1) {
                *last = 0xdead;
            }
        }
    }
}
