// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
struct Record {
    #[wire(max = 10)]
    a: u32,
}

fn main() {}
