// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
struct Record {
    flags: u8,
    #[wire(if(flags & 1 != 0), optional_tail)]
    a: Option<u8>,
}

fn main() {}
