// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
struct Record {
    #[wire(item(rest))]
    a: Option<String>,
    b: u8,
}

fn main() {}
