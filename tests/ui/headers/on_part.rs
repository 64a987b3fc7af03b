// errors: 1
use protocol_core::{Wire};

#[derive(Wire, Default, Clone)]
struct Start {
    #[wire(role = id)]
    kind: u8,
    retain: bool,
}

#[derive(Wire)]
#[wire(header = Start)]
struct Point {
    x: u8,
}

fn main() {}
