// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
struct Point {
    x: u8,
}

#[derive(Wire)]
struct Flags {
    flags: u8,
    #[wire(if(flags & 1 != 0))]
    point: Point,
}

fn main() {}
