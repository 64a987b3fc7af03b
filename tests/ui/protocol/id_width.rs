// errors: 1
use protocol_core::{Message, Protocol};

#[derive(Message)]
#[msg_type = 1]
struct Login;

#[derive(Message)]
#[msg_type = 2]
#[wire(id = u16)]
struct Data;

#[derive(Protocol)]
enum Chat {
    Login(Login),
    Data(Data),
}

fn main() {}
