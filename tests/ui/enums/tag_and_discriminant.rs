// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
enum Kind {
    #[wire(tag = 2)]
    A = 1,
}

fn main() {}
