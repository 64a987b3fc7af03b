// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
struct Header {
    #[wire(bits = MISSING)]
    a: u8,
}

fn main() {}
