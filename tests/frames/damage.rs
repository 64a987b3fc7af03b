//! Golden streams, damaged at every byte: no panic, no rule of `Decode` broken (which `decode`
//! checks), and the same is seen of the damage however the bytes arrive.

use protocol_core::frame::Framing;

use crate::all::{Each, each};
use crate::golden::golden;
use crate::stream::{Numbers, decode};

/// The stream with each byte changed, dropped, doubled, and with a zero before it; and its starts.
pub(crate) fn damaged(stream: &[u8]) -> impl Iterator<Item = (String, Vec<u8>)> {
    (0..stream.len()).flat_map(|place| {
        let (before, from) = stream.split_at(place);
        let (byte, after) = from.split_first().expect("a byte is there");
        let with = |middle: &[u8]| [before, middle, after].concat();
        [
            (format!("bit flipped at {place}"), with(&[byte ^ 1])),
            (format!("high bit flipped at {place}"), with(&[byte ^ 0x80])),
            (format!("inverted at {place}"), with(&[!byte])),
            (format!("zero at {place}"), with(&[0])),
            (format!("dropped at {place}"), with(&[])),
            (format!("doubled at {place}"), with(&[*byte, *byte])),
            (format!("zero before {place}"), with(&[0, *byte])),
            (format!("ended at {place}"), before.to_vec()),
        ]
    })
}

struct Damage {
    numbers: Numbers,
}

impl Each for Damage {
    fn each(&mut self, name: &str, framing: impl Framing) {
        let mut stream = golden(name).stream;
        // Enough of every kind of message; each byte costs many streams.
        stream.truncate(250);
        for (what, bytes) in damaged(&stream) {
            let whole = decode(&framing, &[&bytes]);
            let parts = self.numbers.parts(&bytes);
            assert_eq!(decode(&framing, &parts), whole, "{name}: {what}, in parts");
            let single: Vec<_> = bytes.chunks(1).collect();
            assert_eq!(decode(&framing, &single), whole, "{name}: {what}, byte by byte");
        }
    }
}

#[test]
fn is_seen_the_same_however_it_arrives() {
    each(&mut Damage { numbers: Numbers(0xda4a6e) });
}

struct Noise {
    numbers: Numbers,
}

impl Each for Noise {
    fn each(&mut self, name: &str, framing: impl Framing) {
        for run in 0..300 {
            let length = self.numbers.below(200);
            let bytes: Vec<u8> = (0..length)
                .map(|_| u8::try_from(self.numbers.below(256)).expect("a byte"))
                .collect();
            let whole = decode(&framing, &[&bytes]);
            let parts = self.numbers.parts(&bytes);
            assert_eq!(decode(&framing, &parts), whole, "{name}: run {run}: {bytes:02x?}");
        }
    }
}

#[test]
fn noise_is_seen_the_same_however_it_arrives() {
    each(&mut Noise { numbers: Numbers(0x0f_f1ce) });
}
