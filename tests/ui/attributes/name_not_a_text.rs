// errors: 2
use protocol_core::Wire;

#[derive(Wire)]
struct Record {
    #[wire(name = 3)]
    a: u16,
    #[wire(name = "")]
    b: u16,
}

fn main() {}
