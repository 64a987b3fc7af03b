// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
struct Header {
    #[wire(bits = 129)]
    a: u128,
}

fn main() {}
