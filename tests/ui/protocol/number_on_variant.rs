// errors: 1
use protocol_core::{Message, Protocol};

#[derive(Message)]
#[msg_type = 1]
struct Login;

#[derive(Protocol)]
enum Chat {
    #[msg_type = 1]
    Login(Login),
}

fn main() {}
