// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
enum Kind {
    A = 3,
    #[wire(tag = 3)]
    B,
}

fn main() {}
