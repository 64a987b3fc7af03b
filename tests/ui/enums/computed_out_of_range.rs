// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
enum Kind {
    A = 1 << 8,
}

fn main() {}
