// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
enum Kind {
    #[wire(tag = MISSING)]
    A,
}

fn main() {}
