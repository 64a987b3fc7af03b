// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
struct Record {
    #[wire(until = "\n")]
    text: String,
}

fn main() {}
