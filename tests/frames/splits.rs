//! However the bytes of a stream arrive, the same is seen of it.

use protocol_core::frame::Framing;

use crate::all::{Each, each};
use crate::golden::golden;
use crate::stream::{Numbers, Seen, decode};

struct Splits;

impl Each for Splits {
    fn each(&mut self, name: &str, framing: impl Framing) {
        let golden = golden(name);
        let whole: Vec<Seen> = golden.messages.iter().cloned().map(Seen::Message).collect();
        for cut in 0..=golden.stream.len() {
            let (first, second) = golden.stream.split_at(cut);
            let found = decode(&framing, &[first, second]);
            assert_eq!((&found.seen, found.left), (&whole, 0), "{name} cut at {cut}");
        }
        let single: Vec<_> = golden.stream.chunks(1).collect();
        assert_eq!(decode(&framing, &single).seen, whole, "{name} byte by byte");
        let mut numbers = Numbers(0x5eed);
        for _ in 0..200 {
            let parts = numbers.parts(&golden.stream);
            let found = decode(&framing, &parts);
            let lens: Vec<_> = parts.iter().map(|part| part.len()).collect();
            assert_eq!(found.seen, whole, "{name} in parts of {lens:?}");
        }
    }
}

#[test]
fn any_split_gives_the_same_frames() {
    each(&mut Splits);
}
