// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
enum Kind {
    #[wire(tag = 3..8)]
    Private(u8),
}

fn main() {}
