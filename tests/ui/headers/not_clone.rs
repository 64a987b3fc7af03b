// errors: 1
use protocol_core::{Message, Protocol, Wire};

#[derive(Wire, Default)]
struct Start {
    #[wire(role = id)]
    kind: u8,
}

#[derive(Message)]
#[msg_type = 1]
#[wire(header = Start)]
struct Login;

#[derive(Protocol)]
#[wire(header = Start)]
enum Chat {
    Login(Login),
}

fn main() {}
