// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
struct Record {
    #[wire(count = u8, min = 256)]
    a: Vec<u8>,
}

fn main() {}
