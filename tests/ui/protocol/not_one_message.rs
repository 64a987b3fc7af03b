// errors: 3
use protocol_core::{Message, Protocol};

#[derive(Message)]
#[msg_type = 1]
struct Login;

#[derive(Protocol)]
enum Chat {
    Login(Login),
    None,
    Two(Login, Login),
    Named { login: Login },
}

fn main() {}
