// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
#[wire(trailing = drop)]
struct Record {
    a: Vec<u8>,
}

fn main() {}
