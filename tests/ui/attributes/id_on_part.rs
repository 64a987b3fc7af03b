// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
#[wire(id = u16)]
struct Record {
    a: u8,
}

fn main() {}
