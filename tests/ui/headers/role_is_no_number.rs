// errors: 1
use protocol_core::Wire;

#[derive(Wire, Default, Clone)]
struct Start {
    #[wire(role = id)]
    kind: String,
}

fn main() {}
