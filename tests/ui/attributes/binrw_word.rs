// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
#[wire(little)]
struct Record {
    a: u16,
}

fn main() {}
