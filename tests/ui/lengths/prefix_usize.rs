// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
struct Record {
    #[wire(len = usize)]
    a: String,
}

fn main() {}
