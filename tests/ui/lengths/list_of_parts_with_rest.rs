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
struct Notes {
    tails: Vec<Tail>,
}

fn main() {}
