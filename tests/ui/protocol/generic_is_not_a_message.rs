// errors: 1
use protocol_core::{Message, Protocol};

#[derive(Message)]
#[msg_type = 1]
struct Login;

#[derive(Protocol)]
enum Chat {
    Login(Login),
    Foo(Option<Vec<u8>>),
}

fn main() {}
