// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
struct Record {
    n: u8,
    #[wire(as = "U24")]
    a: u32,
}

fn main() {}
