// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
#[wire(magic = 0x1234)]
struct Record {
    a: u8,
}

fn main() {}
