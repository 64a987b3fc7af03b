// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
struct Record {
    n: u8,
    #[wire(tag = n)]
    a: u32,
}

fn main() {}
