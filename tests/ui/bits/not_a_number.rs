// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
struct Header {
    #[wire(bits = "8")]
    a: u8,
}

fn main() {}
