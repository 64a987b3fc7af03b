// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
#[wire(trailing = keep)]
enum Kind {
    A(u8),
}

fn main() {}
