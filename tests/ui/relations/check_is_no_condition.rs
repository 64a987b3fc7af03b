// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
struct Record {
    #[wire(check(1, "one"))]
    a: u8,
}

fn main() {}
