// errors: 2
use protocol_core::Wire;

#[derive(Wire)]
struct Record {
    #[wire(item = u16)]
    a: Vec<u8>,
    #[wire(key)]
    b: std::collections::BTreeMap<u8, u8>,
}

fn main() {}
