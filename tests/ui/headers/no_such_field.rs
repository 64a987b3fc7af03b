// errors: 1
use protocol_core::{Message, Wire};

#[derive(Wire, Default, Clone)]
struct Start {
    #[wire(role = id)]
    kind: u8,
    retain: bool,
}

#[derive(Message)]
#[msg_type = 1]
#[wire(header = Start)]
struct Login {
    #[wire(header = flags)]
    flags: u8,
}

fn main() {}
