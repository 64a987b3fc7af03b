// errors: 1
use protocol_core::Wire;

#[derive(Wire, Default, Clone)]
struct Start {
    #[wire(role = len)]
    length: u16,
}

fn main() {}
