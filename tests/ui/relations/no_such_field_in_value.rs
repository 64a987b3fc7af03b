// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
struct Record {
    n: u8,
    size: u8,
    #[wire(value = sise + 1)]
    a: u8,
}

fn main() {}
