// errors: 1
use protocol_core::Wire;

#[derive(Wire, Clone)]
struct Start {
    #[wire(role = id)]
    kind: u8,
}

fn main() {}
