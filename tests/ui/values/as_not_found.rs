// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
struct Record {
    #[wire(as = U23)]
    a: u32,
}

fn main() {}
