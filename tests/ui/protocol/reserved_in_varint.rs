// errors: 1
use protocol_core::{Message, Protocol};

#[derive(Message)]
#[msg_type = 300]
#[wire(id = varint)]
struct Ping;

#[derive(Protocol)]
#[wire(id = varint, reserved(256..=511))]
enum Chat {
    Ping(Ping),
}

fn main() {}
