// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
struct Record {
    #[wire(len = "n")]
    a: String,
}

fn main() {}
