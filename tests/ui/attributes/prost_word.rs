// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
struct Record {
    #[wire(optional)]
    a: u16,
}

fn main() {}
