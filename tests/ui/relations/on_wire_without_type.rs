// errors: 2
use protocol_core::Wire;

#[derive(Wire)]
struct Record {
    n: u8,
    #[wire(before(size = 3))]
    a: u8,
    #[wire(after(3))]
    b: u8,
}

fn main() {}
