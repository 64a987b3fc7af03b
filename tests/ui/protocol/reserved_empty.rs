// errors: 1
use protocol_core::{Message, Protocol};

#[derive(Message)]
#[msg_type = 1]
struct Login;

#[derive(Protocol)]
#[wire(reserved())]
enum Chat {
    Login(Login),
}

fn main() {}
