// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
#[wire(bit_order = big)]
struct Header {
    #[wire(bits = 8)]
    a: u8,
}

fn main() {}
