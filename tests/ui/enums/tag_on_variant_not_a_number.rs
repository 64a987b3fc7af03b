// errors: 2
use protocol_core::Wire;

#[derive(Wire)]
enum Kind {
    #[wire(tag = u16)]
    A,
    #[wire(tag = "B")]
    B,
}

fn main() {}
