// errors: 1
use protocol_core::{Wire};

#[derive(Wire, Default, Clone)]
struct Start {
    #[wire(role = id)]
    kind: u8,
    retain: bool,
}

#[derive(Wire)]
struct Point {
    #[wire(header = retain)]
    retain: bool,
    x: u8,
}

fn main() {}
