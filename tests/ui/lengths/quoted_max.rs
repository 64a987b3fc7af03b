// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
struct Record {
    #[wire(max = "3")]
    a: String,
}

fn main() {}
