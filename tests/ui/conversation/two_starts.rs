// errors: 1
use protocol_core::{Message, Protocol};

#[derive(Message)]
#[msg_type = 1]
struct Login;

#[derive(Message)]
#[msg_type = 3]
struct Data;

struct Start;
struct Active;

#[derive(Protocol)]
#[wire(state = Start | Active)]
enum Chat {
    Login(Login),
    Data(Data),
}

fn main() {}
