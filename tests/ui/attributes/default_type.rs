// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
struct Record {
    #[wire(skip, default = "x")]
    a: u16,
}

fn main() {}
