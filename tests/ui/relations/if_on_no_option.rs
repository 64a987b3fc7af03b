// errors: 2
use protocol_core::Wire;

#[derive(Wire)]
struct Record {
    n: u8,
    #[wire(if(n == 1))]
    a: u8,
    #[wire(optional_tail)]
    b: String,
}

fn main() {}
