// errors: 1
use protocol_core::{Message, Protocol};

#[derive(Message)]
#[msg_type = 1]
struct Login;

#[derive(Protocol)]
#[repr(u8)]
enum Chat {
    Login(Login) = 1,
}

fn main() {}
