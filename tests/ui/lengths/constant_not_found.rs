// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
struct Record {
    #[wire(len = LEN)]
    a: String,
}

fn main() {}
