// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
struct Record {
    #[wire(len = u16)]
    a: u32,
}

fn main() {}
