// errors: 1
use protocol_core::{Message, Protocol};

#[derive(Message)]
#[msg_type = 1]
struct Login;

#[derive(Protocol)]
#[wire(reserved(0..=3, 255))]
enum Chat {
    Login(Login),
}

fn main() {}
