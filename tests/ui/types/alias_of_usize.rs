// errors: 1
use protocol_core::Wire;

type Size = usize;

#[derive(Wire)]
struct Record {
    a: Vec<Size>,
}

fn main() {}
