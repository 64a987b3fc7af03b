// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
struct Record {
    n: u8,
    #[wire(range = 1..=3)]
    a: String,
}

fn main() {}
