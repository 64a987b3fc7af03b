// errors: 1
use protocol_core::{Message, Protocol, Wire};

#[derive(Wire, Default, Clone)]
struct Start {
    kind: u8,
}

#[derive(Message)]
#[msg_type = 1]
struct Login;

#[derive(Protocol)]
#[wire(header = Start)]
enum Chat {
    Login(Login),
}

fn main() {}
