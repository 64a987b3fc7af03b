// errors: 1
use protocol_core::Wire;

mod module {}

#[derive(Wire)]
struct Record {
    #[wire(with = module, len = u16)]
    a: String,
}

fn main() {}
