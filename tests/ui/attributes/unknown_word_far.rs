// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
struct Record {
    #[wire(encoding = utf8)]
    a: String,
}

fn main() {}
