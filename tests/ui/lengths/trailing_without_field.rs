// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
#[wire(trailing = keep)]
struct Record;

fn main() {}
