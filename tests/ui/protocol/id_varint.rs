// errors: 2
use protocol_core::{Message, Protocol};

#[derive(Message)]
#[msg_type = 300]
#[wire(id = varint)]
struct Ping;

#[derive(Message)]
#[msg_type = 1]
struct Pong;

#[derive(Protocol)]
enum Bytes {
    Ping(Ping),
}

#[derive(Protocol)]
#[wire(id = varint)]
enum Varints {
    Ping(Ping),
    Pong(Pong),
}

fn main() {}
