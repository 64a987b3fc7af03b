//! The framings of `tests/frames`: whatever the bytes are, the same is seen of them however they arrive.
#![no_main]
#![expect(dead_code, unused_imports, reason = "the tests do more with these")]

#[path = "../../tests/frames/all.rs"]
mod all;
#[path = "../../tests/frames/self_delimiting.rs"]
mod self_delimiting;
#[path = "../../tests/frames/stream.rs"]
mod stream;

use libfuzzer_sys::fuzz_target;
use protocol_core::frame::Framing;

use crate::all::{Each, each};
use crate::stream::{Numbers, Seen, decode, encode};

/// One of the framings, and a stream.
struct Input<'a> {
    /// How many framings come before it.
    before: u8,
    seed: u8,
    stream: &'a [u8],
}

impl Each for Input<'_> {
    fn each(&mut self, name: &str, framing: impl Framing) {
        let is_it = self.before == 0;
        self.before = self.before.wrapping_sub(1);
        if !is_it {
            return;
        }
        let mut whole = decode(&framing, &[self.stream]);
        let parts = Numbers(u64::from(self.seed) + 1).parts(self.stream);
        let parted = decode(&framing, &parts);
        if name == "self_delimiting" && parted.left > 0 && whole.left == 0 {
            // Of a message that is not all there, it may see sooner that it is wrong.
            assert!(matches!(whole.seen.pop(), Some(Seen::End(_))), "{name}");
            whole.left = parted.left;
        }
        assert_eq!(parted, whole, "{name}");
        for message in whole.messages() {
            let frame = encode(framing.clone(), &message).expect("what was received may be sent");
            assert_eq!(decode(&framing, &[&frame]).messages(), [message], "{name}");
        }
    }
}

fuzz_target!(|data: &[u8]| {
    let Some(([framing, seed], stream)) = data.split_first_chunk() else { return };
    // As many as `all` has.
    each(&mut Input { before: framing % 30, seed: *seed, stream });
});
