// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
enum Kind {
    A,
}

#[derive(Wire)]
struct Record {
    #[wire(tag = u16)]
    kind: Kind,
}

fn main() {}
