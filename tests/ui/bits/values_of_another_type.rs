// errors: 3
use protocol_core::Wire;

#[derive(Wire)]
struct Bits {
    #[wire(bits = 3, value = "x")]
    a: u8,
    #[wire(bits = 4, range = 'a'..='b')]
    b: u8,
    #[wire(bits = 1, check(b, "no condition"))]
    c: bool,
}

fn main() {}
