// errors: 1
use protocol_core::{Message, Protocol};

mod ids {
    pub const LOGIN: u16 = 7;
    pub const DATA: u16 = 7;
}

#[derive(Message)]
#[msg_type(ids::LOGIN)]
#[wire(id = u16)]
struct Login<'a>(&'a str);

#[derive(Message)]
#[msg_type(ids::DATA)]
#[wire(id = u16)]
struct Data;

#[derive(Protocol)]
#[wire(id = u16)]
enum Chat<'a> {
    Login(Login<'a>),
    Data(Data),
}

fn main() {}
