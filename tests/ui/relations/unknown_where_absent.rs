// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
struct Record {
    flags: u8,
    #[wire(if(flags & 1 != 0), before(n: u8), len = n)]
    name: Option<String>,
}

fn main() {}
