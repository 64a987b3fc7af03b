// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
struct Record {
    #[wire(len = u8, max = 300)]
    a: String,
}

fn main() {}
