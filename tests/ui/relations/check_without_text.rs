// errors: 2
use protocol_core::Wire;

#[derive(Wire)]
struct Record {
    n: u8,
    #[wire(check(n > 3))]
    a: u8,
    #[wire(check(n > 3, text))]
    b: u8,
}

fn main() {}
