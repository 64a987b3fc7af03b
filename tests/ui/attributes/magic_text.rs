// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
struct Record {
    n: u8,
    #[wire(magic = "AA")]
    a: u8,
}

fn main() {}
