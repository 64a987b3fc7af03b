// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
struct Record {
    end: u8,
    #[wire(until = end)]
    text: String,
}

fn main() {}
