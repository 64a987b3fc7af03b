// errors: 1
use protocol_core::Wire;

use std::collections::BTreeMap;

#[derive(Wire)]
struct Record {
    #[wire(skip, default = <BTreeMap<u8, u16>>::new(), len = u16)]
    a: BTreeMap<u8, u16>,
}

fn main() {}
