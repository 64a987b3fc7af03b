// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
struct Point {
    __wire_x: u8,
}

fn main() {}
