// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
#[wire(depth = 0)]
struct Record {
    a: u16,
}

fn main() {}
