// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
struct Record {
    #[wire(max = 5_000_000_000)]
    a: String,
}

fn main() {}
