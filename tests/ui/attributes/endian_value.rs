// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
struct Record {
    #[wire(endian = gib)]
    a: u16,
}

fn main() {}
