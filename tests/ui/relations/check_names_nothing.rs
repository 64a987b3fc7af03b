// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
struct Record {
    #[wire(check(a <= b, "a is above b"))]
    a: u8,
}

fn main() {}
