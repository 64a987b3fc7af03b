// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
struct Record {
    #[wire(len = size)]
    text: String,
    size: u16,
}

fn main() {}
