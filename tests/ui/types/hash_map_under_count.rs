// errors: 1
use protocol_core::Wire;
use std::collections::HashMap;

#[derive(Wire)]
struct Record {
    #[wire(count = u8)]
    a: HashMap<u8, u8>,
}

fn main() {}
