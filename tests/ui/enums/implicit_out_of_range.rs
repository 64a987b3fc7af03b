// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
enum Kind {
    A = 255,
    B,
}

fn main() {}
