// errors: 2
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
#[wire(state = Start)]
enum Chat {
    #[wire(state = 3)]
    Login(Login),
    #[wire(then = "Active")]
    Data(Data),
}

fn main() {}
