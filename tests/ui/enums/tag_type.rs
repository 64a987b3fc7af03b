// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
#[wire(tag = u128)]
enum Kind {
    A = 300,
}

fn main() {}
