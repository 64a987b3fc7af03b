// errors: 1
use protocol_core::Wire;

type Map = std::collections::BTreeMap<u8, u8>;

#[derive(Wire)]
struct Record {
    n: u8,
    #[wire(until = 0)]
    map: Map,
}

fn main() {}
