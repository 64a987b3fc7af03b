// errors: 4
use protocol_core::{Message, Protocol};

#[derive(Message)]
#[msg_type = 1]
struct Login;

#[derive(Protocol)]
enum Chat {
    Login(Login),
    Name(String),
    Time(std::time::Duration),
    Pair((u8, u8)),
    Bytes([u8; 4]),
}

fn main() {}
