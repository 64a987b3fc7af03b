// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
struct Record {
    n: u8,
    #[wire(if(n + 1))]
    a: Option<u8>,
}

fn main() {}
