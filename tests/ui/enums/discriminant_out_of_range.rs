// errors: 2
use protocol_core::Wire;

#[derive(Wire)]
enum Kind {
    A = 1,
    B = 300,
    C = -1,
}

fn main() {}
