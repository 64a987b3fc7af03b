// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
struct Record {
    #[wire(until = 0)]
    map: std::collections::BTreeMap<u8, u8>,
}

fn main() {}
