// errors: 2
use protocol_core::Wire;

#[derive(Wire)]
struct Record {
    #[wire(len = 16, min = 1, max = 3)]
    a: String,
}

fn main() {}
