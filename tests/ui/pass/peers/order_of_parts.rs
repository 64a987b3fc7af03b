// errors: 0
//! A part inherits the order of what it stands in.

use protocol_core::{Pack, Wire};

#[derive(Wire)]
struct Point {
    x: u16,
}

#[derive(Wire)]
#[wire(endian = little)]
struct Line {
    from: Point,
}

fn main() {
    assert_eq!(Line { from: Point { x: 1 } }.pack().unwrap(), [1, 0]);
}
