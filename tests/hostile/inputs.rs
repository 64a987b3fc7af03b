//! Damaged and made-up bytes for every message: short ones, flipped bits, largest lengths, long
//! fillings. Each is refused with a place inside it, or taken for the one value with these bytes.

use bytes::Bytes;
use protocol_core::Step;

use crate::case::{Case, columns, from_hex};
use crate::heap;
use crate::messages;
use crate::messages::enums::Shape;

/// Messages with lists of elements that are larger in memory than 32 times their fewest bytes, and
/// by how much. Only inputs that are long, and are messages, come near.
const LARGE: &[(&str, usize)] = &[
    ("shapes", size_of::<Shape>() + 1),
    // Without a count, a list is held twice while it grows.
    ("rest_parts", 2 * size_of::<String>() + 1),
];

/// The heap that unpacking may hold: for the value of `len` bytes, or for the error.
fn heap_max(case: &Case, len: usize) -> usize {
    let large = LARGE.iter().find(|(name, _)| *name == case.name);
    large.map_or(32, |(_, factor)| *factor) * len + 4096
}

/// Unpacks `input` and looks at what comes of it.
fn survives(case: &Case, input: &[u8]) {
    let (result, held) = heap::peak(|| (case.unpack)(input));
    let most = heap_max(case, input.len());
    assert!(held <= most, "{}: {held} bytes of heap for {}", case.name, input.len());
    match result {
        Ok(()) => {
            let repacked = (case.repack)(input).expect("it was unpacked before");
            assert!(case.is_canonical(input, &repacked), "it packs to {repacked:02x?}");
        }
        Err(error) => {
            assert!(error.offset() <= input.len(), "{error}: outside the bytes");
            let Some(Step::Field(root)) = error.path().steps().first() else {
                panic!("{error}: does not begin with a name");
            };
            assert!(case.roots.contains(root), "{error}: does not begin with the message");
        }
    }
}

/// The same with what is told when it fails, and with shared bytes.
fn survives_told(case: &Case, input: &[u8]) {
    let told = &input[..input.len().min(100)];
    eprintln!("message `{}`, {} bytes: {told:02x?}", case.name, input.len());
    survives(case, input);
    let shared = (case.unpack_shared)(&Bytes::copy_from_slice(input));
    assert_eq!(shared, (case.unpack)(input), "sharing makes a difference");
}

/// All inputs of 0, 1 and 2 bytes after `start`.
fn short(start: &[u8]) -> impl Iterator<Item = Vec<u8>> {
    let after = |more: &[u8]| [start, more].concat();
    let mut all = vec![after(&[])];
    all.extend((0..=u8::MAX).map(|byte| after(&[byte])));
    all.extend((0..=u16::MAX).map(|word| after(&word.to_be_bytes())));
    all.into_iter()
}

#[test]
fn up_to_two_bytes() {
    for case in messages::all() {
        eprintln!("message `{}`", case.name);
        short(&[]).for_each(|input| survives(case, &input));
    }
}

#[test]
fn up_to_two_bytes_of_body() {
    for case in messages::all().filter(|case| case.id_len > 0) {
        eprintln!("message `{}`", case.name);
        short(&case.golden()[..case.id_len]).for_each(|input| survives(case, &input));
    }
}

/// What the list says is no empty promise: these inputs do come near.
#[test]
fn large_lists_are_large() {
    for (name, factor) in LARGE {
        let case = messages::find(name);
        let len = 20_000_u32;
        let mut input = case.golden()[..1].to_vec();
        if *name == "shapes" {
            input.extend(len.to_be_bytes());
        }
        input.resize(input.len() + len as usize, 0);
        let (result, held) = heap::peak(|| (case.unpack)(&input));
        assert_eq!(result, Ok(()), "{name}");
        assert!(held > 32 * input.len() && held > input.len() * factor / 2, "{name}: {held}");
    }
}

#[test]
fn golden_bytes_are_fine() {
    for case in messages::all() {
        let golden = case.golden();
        (case.both_ways)(&golden);
        survives_told(case, &golden);
    }
}

#[test]
fn every_flipped_bit() {
    for case in messages::all() {
        let golden = case.golden();
        for bit in 0..golden.len() * 8 {
            let mut input = golden.to_vec();
            input[bit / 8] ^= 0x80 >> (bit % 8);
            survives_told(case, &input);
        }
    }
}

/// One byte too many, and every golden message with every other byte at each place.
#[test]
fn every_changed_byte() {
    for case in messages::all() {
        let golden = case.golden();
        survives_told(case, &[&golden[..], b"\0"].concat());
        // 300 equal letters are as good as a few.
        for place in 0..golden.len().min(80) {
            for byte in [0, 1, 2, 0x7f, 0x80, 0xfe, 0xff] {
                let mut input = golden.to_vec();
                input[place] = byte;
                survives_told(case, &input);
            }
        }
    }
}

/// Where a length or count stands in a golden message, and the largest there can be.
struct Place {
    start: usize,
    end: usize,
    largest: Bytes,
}

fn places(case: &Case) -> Vec<Place> {
    let column = columns(case.name).nth(1).expect("a column of places");
    let places = column.split(',').filter(|place| *place != "-");
    let place = |text: &str| {
        let mut parts = text.split(':');
        let mut number = || parts.next().and_then(|part| part.parse::<usize>().ok());
        let (start, len) = (number().expect("a start"), number().expect("a length"));
        let largest = from_hex(parts.next().expect("the largest number"));
        Place { start, end: start + len, largest }
    };
    places.map(place).collect()
}

#[test]
fn every_length_at_its_largest() {
    let mut seen = 0;
    for case in messages::all() {
        let golden = case.golden();
        for place in places(case) {
            let (before, after) = (&golden[..place.start], &golden[place.end..]);
            survives_told(case, &[before, &place.largest, after].concat());
            survives_told(case, &[before, &place.largest].concat());
            seen += 1;
        }
    }
    assert!(seen > 100, "the places were not found: {seen}");
}

/// Lengths that agree with many bytes that follow, so that lists are built as large as they can be.
#[test]
fn every_length_with_much_behind_it() {
    const MUCH: usize = 20_000;
    for case in messages::all() {
        let golden = case.golden();
        for place in places(case) {
            for fill in [0x00, 0x01, 0xff] {
                for claimed in [255_u64, 4_000, 9_000, 19_000, MUCH as u64] {
                    let wide = [&[0; 8][..], &claimed.to_be_bytes()].concat();
                    let width = place.largest.len();
                    let big = &wide[wide.len() - width..];
                    let little: Vec<u8> = big.iter().rev().copied().collect();
                    for number in [big, &little] {
                        let mut input = [&golden[..place.start], number].concat();
                        input.resize(input.len() + MUCH, fill);
                        survives(case, &input);
                    }
                }
            }
        }
    }
}

#[test]
fn bodies_filled_with_one_byte() {
    for case in messages::all() {
        let golden = case.golden();
        for fill in [0x00, 0x01, 0x02, 0x20, 0x80, 0xff] {
            for len in [golden.len(), 64, 1000, 5000, 65_536] {
                let mut input = golden[..case.id_len].to_vec();
                input.resize(len.max(case.id_len), fill);
                eprintln!("message `{}`, {len} bytes of {fill:#x}", case.name);
                survives(case, &input);
            }
        }
    }
}
