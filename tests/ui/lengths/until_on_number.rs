// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
struct Record {
    #[wire(until = 0)]
    number: u32,
}

fn main() {}
