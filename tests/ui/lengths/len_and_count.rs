// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
struct Record {
    #[wire(len = u8, count = u8)]
    a: Vec<u8>,
}

fn main() {}
