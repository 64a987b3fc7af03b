// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
enum Kind {
    #[wire(tag = 7..=3)]
    Private(u8),
}

fn main() {}
