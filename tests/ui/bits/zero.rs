// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
struct Header {
    #[wire(bits = 0)]
    a: u8,
}

fn main() {}
