// errors: 2
use protocol_core::{Message, Wire};

#[derive(Message)]
#[msg_type = 1]
#[wire(version = 2)]
struct Ping;

#[derive(Wire)]
struct Part {
    #[wire(version = 2)]
    a: u8,
}

fn main() {}
