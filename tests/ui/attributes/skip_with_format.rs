// errors: 2
use protocol_core::Wire;

#[derive(Wire)]
struct Record {
    #[wire(skip, len = u16, max = 3)]
    a: String,
}

fn main() {}
