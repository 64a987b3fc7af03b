// errors: 1
use protocol_core::{Wire, frame::Headed};

#[derive(Wire, Default, Clone)]
struct Start {
    #[wire(role = id)]
    kind: u8,
    retain: bool,
}

fn framing() -> Headed<Start> {
    Headed::new()
}

fn main() {
    framing();
}
