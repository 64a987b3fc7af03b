// errors: 2
use protocol_core::{Message, Protocol, Wire};

#[derive(Wire, Default, Clone)]
struct Start {
    #[wire(role = id)]
    kind: u8,
    retain: bool,
}

#[derive(Message)]
#[msg_type = 1]
#[wire(header = Start)]
struct Login;

#[derive(Protocol)]
enum Chat {
    Login(Login),
}

fn main() {}
