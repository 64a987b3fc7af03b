// errors: 1
use std::collections::HashMap;

use protocol_core::Wire;

#[derive(Wire)]
struct Record {
    #[wire(len = u16)]
    map: HashMap<u8, u16>,
}

fn main() {}
