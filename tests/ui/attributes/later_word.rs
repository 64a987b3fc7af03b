// errors: 1
use protocol_core::{Message, Protocol};

#[derive(Message)]
#[msg_type = 2]
struct Logout;

#[derive(Protocol)]
#[wire(version = 2)]
enum Chat {
    Logout(Logout),
}

fn main() {}
