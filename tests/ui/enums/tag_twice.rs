// errors: 2
use protocol_core::Wire;

#[derive(Wire)]
enum Kind {
    #[wire(tag = 3)]
    A,
    #[wire(tag = 2..=7)]
    Private(u8),
    #[wire(tag = 7..=9)]
    Reserved(u8),
}

fn main() {}
