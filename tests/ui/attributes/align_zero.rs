// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
struct Record {
    n: u8,
    #[wire(align = 0)]
    a: u16,
}

fn main() {}
