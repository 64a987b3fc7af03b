// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
struct Record {
    #[wire(unknown)]
    a: u8,
}

fn main() {}
