// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
struct Record {
    n: u8,
    #[wire(optional_tail)]
    a: Option<u8>,
    b: u8,
}

fn main() {}
