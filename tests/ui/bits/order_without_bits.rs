// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
#[wire(bit_order = lsb)]
struct Header {
    a: u8,
}

fn main() {}
