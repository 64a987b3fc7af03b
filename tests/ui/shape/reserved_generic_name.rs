// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
struct Point<__O> {
    x: __O,
}

fn main() {}
