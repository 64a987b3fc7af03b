// errors: 1
use protocol_core::{Message, Protocol, Unknown};

#[derive(Message)]
#[msg_type = 1]
struct Login;

#[derive(Protocol)]
enum Chat {
    Login(Login),
    #[wire(unknown)]
    Other(Unknown),
    #[wire(unknown)]
    Rest(Unknown),
}

fn main() {}
