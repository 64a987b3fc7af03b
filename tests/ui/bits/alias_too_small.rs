// errors: 1
use protocol_core::Wire;

type Number = u8;

#[derive(Wire)]
struct Header {
    #[wire(bits = 12)]
    a: Number,
    #[wire(bits = 4)]
    b: u8,
}

fn main() {}
