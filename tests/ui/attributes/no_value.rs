// errors: 2
use protocol_core::Wire;

#[derive(Wire)]
struct Record {
    #[wire(len)]
    a: String,
    #[wire(count =)]
    b: Vec<u8>,
}

fn main() {}
