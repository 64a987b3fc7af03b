// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
struct Record {
    n: u8,
    flags: u8,
    #[wire(if(flgs & 1 != 0))]
    a: Option<u8>,
}

fn main() {}
