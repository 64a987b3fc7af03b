// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
struct Record {
    #[wire(len = u16)]
    pair: (u8, u16),
}

fn main() {}
