// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
struct Record {
    #[wire(tag = u16)]
    a: u8,
}

fn main() {}
