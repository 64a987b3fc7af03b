// errors: 1
use protocol_core::conn::Serial;
use protocol_core::net::blocking::Connection;
use protocol_core::{Message, Protocol};

#[derive(Message)]
#[msg_type = 3]
#[wire(reply = Welcome)]
struct Data;

#[derive(Message)]
#[msg_type = 4]
struct Welcome;

#[derive(Protocol)]
enum Chat {
    Data(Data),
}

fn talk(calls: &mut Serial<Connection<Chat>>) {
    calls.call(&Data).unwrap();
}

fn main() {
    let _ = talk;
}
