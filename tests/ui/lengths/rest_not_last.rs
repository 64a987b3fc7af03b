// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
struct Record {
    #[wire(rest)]
    v: Vec<u8>,
    tail: u8,
}

fn main() {}
