// errors: 4
use protocol_core::Wire;

use std::collections::BTreeMap;

#[derive(Wire)]
struct Record {
    #[wire(key(endian = little))]
    list: Vec<u16>,
    #[wire(key(endian = little))]
    option: Option<u16>,
    #[wire(item(key(endian = little)))]
    lists: Vec<Vec<u16>>,
    #[wire(key(endian = little), item(key(len = u16)))]
    map: BTreeMap<u16, String>,
}

fn main() {}
