// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
struct Record {
    #[wire(len = u8)]
    #[wire(len = u16)]
    a: String,
}

fn main() {}
