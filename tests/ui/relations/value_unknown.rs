// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
struct Record {
    n: u8,
    #[wire(before(size: u16))]
    a: Vec<u8>,
}

fn main() {}
