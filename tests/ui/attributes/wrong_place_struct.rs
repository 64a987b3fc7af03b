// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
#[wire(len = u16)]
struct Record {
    a: String,
}

fn main() {}
