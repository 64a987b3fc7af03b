// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
struct Record {
    width: u8,
    #[wire(pad_to = width)]
    text: String,
}

fn main() {}
