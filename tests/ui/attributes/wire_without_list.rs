// errors: 2
use protocol_core::Wire;

#[derive(Wire)]
struct Record {
    #[wire]
    a: u16,
    #[wire = 3]
    b: u16,
}

fn main() {}
