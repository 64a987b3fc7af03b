// errors: 2
use protocol_core::Wire;

#[derive(Wire)]
struct Header {
    #[wire(bits = 8)]
    a: u8,
    #[wire(bits = 7)]
    b: u8,
    c: u16,
    #[wire(bits = 9)]
    d: u16,
    #[wire(bits = 9)]
    e: u16,
    #[wire(bits = 9)]
    f: u16,
}

fn main() {}
