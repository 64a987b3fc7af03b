// errors: 1
use protocol_core::{Message, Protocol, Unknown, Wire};

#[derive(Wire, Default, Clone)]
struct Start {
    #[wire(role = id)]
    kind: u8,
    retain: bool,
}

#[derive(Message)]
#[msg_type = 1]
struct Login;

#[derive(Protocol)]
#[wire(header = Start)]
enum Chat {
    Login(Login),
    #[wire(unknown)]
    Other(Unknown),
}

fn main() {}
