// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
struct Record(#[wire(rest)] Vec<u8>, u8);

fn main() {}
