// errors: 1
use protocol_core::Wire;

type Number = u32;

#[derive(Wire)]
struct Record {
    n: u8,
    #[wire(if(n == 1))]
    a: Number,
}

fn main() {}
