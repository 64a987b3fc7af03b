// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
struct Record {
    n: u8,
    #[wire(item(count = n * 2 - 1))]
    a: Vec<Vec<u8>>,
}

fn main() {}
