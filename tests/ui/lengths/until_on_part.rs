// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
struct Point {
    x: u8,
}

#[derive(Wire)]
struct Record {
    #[wire(until = 0)]
    point: Point,
}

fn main() {}
