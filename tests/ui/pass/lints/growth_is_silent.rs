// errors: 0
#![forbid(deprecated, warnings)]
//! Nothing warns of growth that did not ask.

use protocol_core::{Message, Pack, Wire};

#[derive(Wire)]
struct Point {
    x: u8,
}

#[derive(Message)]
#[msg_type = 1]
struct Path {
    #[wire(rest)]
    points: Vec<Point>,
}

#[derive(Message)]
#[msg_type = 2]
#[wire(warn(growth))]
struct Extensible {
    #[wire(item(len = u8))]
    points: Vec<Point>,
}

fn main() {
    assert_eq!(Path { points: vec![Point { x: 1 }] }.pack().unwrap(), [1, 1]);
    let points = Extensible { points: vec![Point { x: 1 }] };
    assert_eq!(points.pack().unwrap(), [2, 0, 0, 0, 1, 1, 1]);
}
