// errors: 1
use protocol_core::Wire;

const FIVE: u8 = 5;

#[derive(Wire)]
enum Kind {
    #[wire(tag = FIVE)]
    A,
    #[wire(tag = 3..=7)]
    Private(u8),
}

fn main() {}
