// errors: 1
use protocol_core::{Message, Wire};

#[derive(Wire)]
struct Tail {
    kind: u8,
    #[wire(rest)]
    text: String,
}

#[derive(Message)]
#[msg_type = 1]
struct Note {
    tail: Tail,
    name: String,
}

fn main() {}
