// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
struct Record {
    #[wire(count = u16)]
    a: String,
}

fn main() {}
