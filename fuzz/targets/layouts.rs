//! The messages of `tests/layout`: what unpacks packs to the same bytes, and sharing makes no difference.
//!
//! The input is the number of a message, then either bytes of its own or changes to the golden bytes: a fuzzer does
//! not guess those.
#![no_main]
#![expect(dead_code, unused_imports, reason = "the tests do more with these")]

#[path = "../../tests/layout/case.rs"]
#[macro_use]
mod case;
#[path = "../../tests/layout/messages/mod.rs"]
mod messages;

use bytes::Bytes;
use libfuzzer_sys::fuzz_target;

use crate::case::Case;

/// Each change is the place, in two bytes, and what stands there then.
fn changed(golden: &[u8], changes: &[u8]) -> Vec<u8> {
    let mut bytes = golden.to_vec();
    for change in changes.chunks_exact(3) {
        let place = usize::from(u16::from_be_bytes([change[0], change[1]]));
        match place.checked_sub(bytes.len()) {
            None => bytes[place] = change[2],
            Some(0) => bytes.push(change[2]),
            Some(_) => bytes.truncate(place % (bytes.len() + 1)),
        }
    }
    bytes
}

fn try_out(case: &Case, input: Vec<u8>) {
    let input = Bytes::from(input);
    let unpacked = (case.unpack)(&input);
    assert_eq!(unpacked, (case.unpack_shared)(&input), "{}", case.name);
    if let Err(error) = &unpacked {
        let _ = error.to_string();
    }
    match (case.repack)(&input) {
        Ok(repacked) => assert!(
            case.is_canonical(&input, &repacked),
            "{}: {input:02x?} packs to {repacked:02x?}",
            case.name
        ),
        Err(error) => assert_eq!(Err(error), unpacked),
    }
}

fuzz_target!(|data: &[u8]| {
    let Some(([number, how], rest)) = data.split_first_chunk() else { return };
    let cases: Vec<&Case> = messages::all().collect();
    let case = cases[usize::from(*number) % cases.len()];
    match how % 2 {
        0 => try_out(case, rest.to_vec()),
        _ => try_out(case, changed(&case.golden(), rest)),
    }
});
