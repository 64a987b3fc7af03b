// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
struct Record {
    a: *const u8,
    b: u8,
}

fn main() {}
