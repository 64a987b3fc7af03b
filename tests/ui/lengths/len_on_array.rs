// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
struct Record {
    #[wire(len = 4)]
    a: [u8; 4],
}

fn main() {}
