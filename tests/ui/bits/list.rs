// errors: 3
use protocol_core::Wire;

#[derive(Wire)]
struct Header {
    #[wire(bits = 8)]
    a: Vec<u8>,
    #[wire(bits = 8)]
    b: Option<u8>,
    #[wire(bits = 16)]
    c: [u8; 2],
}

fn main() {}
