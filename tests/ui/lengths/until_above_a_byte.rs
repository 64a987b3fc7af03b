// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
struct Record {
    #[wire(until = 256)]
    text: String,
}

fn main() {}
