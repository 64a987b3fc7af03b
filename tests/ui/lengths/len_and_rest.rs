// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
struct Record {
    #[wire(len = u8, rest)]
    a: String,
}

fn main() {}
