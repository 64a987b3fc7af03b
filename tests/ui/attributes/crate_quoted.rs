// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
#[wire(crate = "protocol_core")]
struct Record {
    a: u16,
}

fn main() {}
