// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
struct Record {
    n: u8,
    #[wire(len = n)]
    a: String,
}

fn main() {}
