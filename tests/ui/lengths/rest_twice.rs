// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
struct Record {
    #[wire(rest)]
    a: Vec<u8>,
    #[wire(rest)]
    b: Vec<u8>,
}

fn main() {}
