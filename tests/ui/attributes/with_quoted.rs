// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
struct Record {
    #[wire(with = "module")]
    a: u16,
}

fn main() {}
