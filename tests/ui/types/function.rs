// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
struct Record {
    a: fn(),
    b: u8,
}

fn main() {}
