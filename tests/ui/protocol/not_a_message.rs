// errors: 1
use protocol_core::{Message, Protocol};

#[derive(Message)]
#[msg_type = 1]
struct Login;

struct Foo;

#[derive(Protocol)]
enum Chat {
    Login(Login),
    Foo(Foo),
}

fn main() {}
