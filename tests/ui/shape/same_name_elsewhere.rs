// errors: 1
use protocol_core::Wire;

mod other {
    #[derive(protocol_core::Wire)]
    pub struct Point(pub u8);
}

#[derive(Wire)]
struct Point {
    point: other::Point,
    #[wire(cuont = u8)]
    points: Vec<other::Point>,
}

fn main() {}
