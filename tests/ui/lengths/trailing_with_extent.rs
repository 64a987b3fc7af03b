// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
#[wire(trailing = keep)]
struct Record {
    #[wire(len = u8)]
    a: Vec<u8>,
}

fn main() {}
