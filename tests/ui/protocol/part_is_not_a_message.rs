// errors: 1
use protocol_core::{Message, Protocol, Wire};

#[derive(Message)]
#[msg_type = 1]
struct Login;

#[derive(Wire)]
struct Foo;

#[derive(Protocol)]
enum Chat {
    Login(Login),
    Foo(Foo),
}

fn main() {}
