// errors: 1
use protocol_core::Wire;

#[derive(Wire, Default, Clone)]
struct Start {
    #[wire(role = id)]
    kind: u8,
    #[wire(role = len, of = body + frame)]
    length: u16,
}

fn main() {}
