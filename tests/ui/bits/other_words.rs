// errors: 3
use protocol_core::Wire;

mod module {}

#[derive(Wire)]
struct Header {
    #[wire(bits = 8, len = u8)]
    a: u8,
    #[wire(bits = 8, since = 2)]
    b: u8,
    #[wire(bits = 8, with = module)]
    c: u8,
}

fn main() {}
