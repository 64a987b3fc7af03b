// errors: 1
use protocol_core::Wire;

#[derive(Wire, Default, Clone)]
struct Start {
    #[wire(role = id)]
    kind: u8,
    #[wire(role = id)]
    other: u8,
}

fn main() {}
