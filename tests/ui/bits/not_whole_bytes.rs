// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
struct Header {
    #[wire(bits = 3)]
    a: u8,
    #[wire(bits = 4)]
    b: u8,
    c: u16,
}

fn main() {}
