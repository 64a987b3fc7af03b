// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
struct Record {
    #[wire(default = 3)]
    a: u16,
}

fn main() {}
