// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
struct Header {
    #[wire(bits = 1)]
    a: bool,
    #[wire(bits = 128)]
    b: u128,
    #[wire(bits = 7)]
    c: u8,
}

fn main() {}
