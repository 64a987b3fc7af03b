// errors: 1
use protocol_core::{Message, Pack, Protocol};

struct Foo;

#[derive(Message)]
#[msg_type = 1]
struct Login {
    foo: Foo,
}

#[derive(Protocol)]
enum Chat {
    Login(Login),
}

fn main() {
    let login = Login { foo: Foo };
    let _ = login.pack();
    let _ = Chat::from(login).pack();
}
