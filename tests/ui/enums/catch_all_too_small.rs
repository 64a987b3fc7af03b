// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
#[wire(tag = u16)]
enum Kind {
    A,
    #[wire(unknown)]
    Other(u8),
}

fn main() {}
