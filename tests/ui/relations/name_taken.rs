// errors: 2
use protocol_core::Wire;

#[derive(Wire)]
struct Record {
    n: u8,
    #[wire(before(n: u8 = count(a)))]
    a: Vec<u8>,
    #[wire(before(b: u8 = count(a)))]
    b: u8,
}

fn main() {}
