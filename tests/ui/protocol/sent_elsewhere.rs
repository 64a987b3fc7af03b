// errors: 1
use protocol_core::{Message, MessageOf, Protocol};

#[derive(Message)]
#[msg_type = 1]
struct Login;

#[derive(Message)]
#[msg_type = 1]
struct Data;

#[derive(Protocol)]
enum Chat {
    Login(Login),
}

fn send(_: impl MessageOf<Chat>) {}

fn wrong(data: Data) {
    send(data);
}

fn main() {}
