// errors: 0
//! A type of the same name in another module is another type, so nothing is recursive here.

use protocol_core::{Pack, Wire};

mod other {
    #[derive(protocol_core::Wire)]
    pub struct Point(pub u8);
}

#[derive(Wire)]
struct Point {
    point: other::Point,
    points: [other::Point; 2],
}

fn main() {
    const LEN: Option<usize> = Point::MAX_LEN;
    assert_eq!(LEN, Some(3), "a type that counts levels has no upper bound");
    let point = Point { point: other::Point(1), points: [other::Point(2), other::Point(3)] };
    assert_eq!(point.pack().unwrap(), [1, 2, 3]);
}
