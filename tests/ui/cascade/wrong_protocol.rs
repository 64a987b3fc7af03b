// errors: 1
use protocol_core::{Message, MessageOf, Pack, Protocol, Unpack};

#[derive(Message, Clone, Debug)]
#[msg_type = 1]
struct Login;

#[derive(Protocol, Clone, Debug)]
#[wire(id = u61)]
enum Chat {
    Login(Login),
}

fn send(_: impl MessageOf<Chat>) {}

fn main() {
    send(Login);
    let chat = Chat::from(Login);
    let _ = chat.pack();
    let _ = Chat::MESSAGES;
    let _ = Chat::unpack(b"");
}
