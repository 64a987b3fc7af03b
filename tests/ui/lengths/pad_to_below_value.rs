// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
struct Record {
    #[wire(pad_to = 3)]
    number: u32,
}

fn main() {}
