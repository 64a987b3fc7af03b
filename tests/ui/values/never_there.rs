// errors: 2
use protocol_core::Wire;

#[derive(Wire)]
struct Record {
    #[wire(since = 5, removed = 2)]
    a: u8,
    #[wire(since = 3, removed = 3)]
    b: u8,
    #[wire(since = 3, removed = 4)]
    c: u8,
}

fn main() {}
