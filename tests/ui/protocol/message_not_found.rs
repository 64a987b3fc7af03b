// errors: 1
use protocol_core::{Message, Protocol};

#[derive(Message)]
#[msg_type = 1]
struct Login<'a> {
    name: &'a str,
}

#[derive(Message)]
#[msg_type = 2]
struct Logout;

#[derive(Protocol)]
enum Chat<'a> {
    Login(Login<'a>),
    Logout(Lgout),
}

fn main() {}
