// errors: 1
use protocol_core::Wire;

const FIRST: u8 = 3;

#[derive(Wire)]
enum Kind {
    #[wire(tag = FIRST..=7)]
    Private(u8),
}

fn main() {}
