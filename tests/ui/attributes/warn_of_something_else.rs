// errors: 2
use protocol_core::Wire;

#[derive(Wire)]
#[wire(warn(size))]
struct Record {
    a: u8,
}

#[derive(Wire)]
struct Other {
    #[wire(warn(growth))]
    a: Vec<u8>,
}

fn main() {}
