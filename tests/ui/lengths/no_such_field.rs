// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
struct Record {
    name_len: u8,
    #[wire(len = nam_len)]
    a: String,
}

fn main() {}
