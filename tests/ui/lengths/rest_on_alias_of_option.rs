// errors: 1
use protocol_core::Wire;

type Name = Option<String>;

#[derive(Wire)]
struct Record {
    n: u8,
    #[wire(rest)]
    a: Name,
}

fn main() {}
