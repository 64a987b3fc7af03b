// errors: 2
use protocol_core::frame::{Decode, Encode};

struct Mine;

fn receives<F: Decode>(_: F) {}

fn sends<F: Encode>(_: F) {}

fn main() {
    receives(Mine);
    sends(Mine);
}
