// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
enum Kind {
    #[wire(tag = 3..=7)]
    Private(#[wire(endian = little)] u16),
}

fn main() {}
