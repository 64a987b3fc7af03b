// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
struct Record {
    #[wire(until = 0, len = u8)]
    text: String,
}

fn main() {}
