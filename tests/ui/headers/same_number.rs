// errors: 1
use protocol_core::{Message, Protocol, Wire};

#[derive(Wire, Default, Clone)]
struct Start {
    #[wire(role = id)]
    kind: u8,
    retain: bool,
}

#[derive(Message)]
#[msg_type = 1]
struct Login;

#[derive(Message)]
#[msg_type = 1]
struct Logout;

#[derive(Protocol)]
#[wire(header = Start)]
enum Chat {
    Login(Login),
    Logout(Logout),
}

fn main() {}
