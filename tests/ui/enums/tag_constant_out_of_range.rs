// errors: 1
use protocol_core::Wire;

const LARGE: u32 = 1 << 24;

#[derive(Wire)]
#[wire(tag = u24)]
enum Kind {
    #[wire(tag = LARGE)]
    A,
}

fn main() {}
