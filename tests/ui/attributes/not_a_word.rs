// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
struct Record {
    #[wire(3)]
    a: u8,
}

fn main() {}
