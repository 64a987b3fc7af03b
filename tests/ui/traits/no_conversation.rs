// errors: 1
use protocol_core::{conversation::Converses, Message, Protocol};

#[derive(Message)]
#[msg_type = 1]
struct Login;

#[derive(Protocol)]
enum Chat {
    Login(Login),
}

fn converses<P: Converses>() {}

fn main() {
    converses::<Chat>();
}
