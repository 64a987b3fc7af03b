// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
enum Kind {
    #[wire(tag = 1)]
    A,
    #[wire(unknown, tag = 2)]
    Other(u8),
}

fn main() {}
