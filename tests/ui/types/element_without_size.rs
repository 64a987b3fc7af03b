// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
struct Empty;

#[derive(Wire)]
struct Record {
    a: Vec<Empty>,
}

fn main() {}
