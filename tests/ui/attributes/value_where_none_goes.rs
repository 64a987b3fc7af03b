// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
struct Record {
    #[wire(rest = true)]
    a: Vec<u8>,
}

fn main() {}
