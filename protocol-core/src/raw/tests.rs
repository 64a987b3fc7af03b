//! The twins side by side: the same input, the same result.

use alloc::vec::Vec;

use super::{fast, safe};
use crate::Sink;

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
    sink.numbers(&[0x0102_u16, 0x0304], u16::to_be_bytes)
        .expect("a vector grows");
    sink.locally(|sink| sink.bytes(&piece))
        .expect("a vector grows");
    sink.put([9]).expect("a vector grows");
}

#[test]
fn vectors_grow_to_the_same_bytes() {
    for len in LENS {
        for room in [0, 1, 7, 64, 1000] {
            let (mut by_fast, mut by_safe) = (Vec::with_capacity(room), Vec::new());
            by_fast.push(0xaa);
            by_safe.push(0xaa);
            let (mut fast, mut safe) = (
                fast::VecSink::new(&mut by_fast),
                safe::VecSink::new(&mut by_safe),
            );
            write(&mut fast, len);
            write(&mut safe, len);
            fast.finish();
            safe.finish();
            let piece = bytes(len);
            let expected = [
                &[0xaa, 1, 2, 3],
                &piece[..],
                &[1, 2, 3, 4],
                &piece[..],
                &[9],
            ]
            .concat();
            assert_eq!(by_fast, expected, "{len} bytes into {room}");
            assert_eq!(by_safe, expected, "{len} bytes into {room}");
        }
    }
}
