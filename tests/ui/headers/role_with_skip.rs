// errors: 1
use protocol_core::Wire;

#[derive(Wire, Default, Clone)]
struct Start {
    #[wire(role = id, skip)]
    kind: u8,
    length: u8,
}

fn main() {}
