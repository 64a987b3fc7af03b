// errors: 2
use protocol_core::Wire;

#[derive(Wire)]
struct Header {
    #[wire(bits = 12)]
    a: u8,
    #[wire(bits = 4)]
    b: bool,
}

fn main() {}
