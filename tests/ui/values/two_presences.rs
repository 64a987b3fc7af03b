// errors: 2
use protocol_core::Wire;

#[derive(Wire)]
struct Grown {
    flags: u8,
    #[wire(since = 2, if(flags & 1 != 0))]
    a: Option<u8>,
    #[wire(optional_tail, removed = 3)]
    b: Option<u8>,
}

fn main() {}
