// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
struct Record {
    #[wire(cuont = u16)]
    a: Vec<u8>,
}

fn main() {}
