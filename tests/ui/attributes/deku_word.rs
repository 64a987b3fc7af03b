// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
struct Record {
    #[wire(read_all)]
    a: Vec<u8>,
}

fn main() {}
