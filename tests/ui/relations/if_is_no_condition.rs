// errors: 2
use protocol_core::Wire;

#[derive(Wire)]
struct Record {
    n: u8,
    #[wire(if("x"))]
    a: Option<u8>,
    #[wire(len = u8)]
    name: String,
    #[wire(if(name.len()))]
    b: Option<u8>,
}

fn main() {}
