// errors: 1
use protocol_core::net::blocking::Connection;
use protocol_core::{Message, Protocol};

#[derive(Message)]
#[msg_type = 3]
struct Data;

#[derive(Protocol)]
enum Chat {
    Data(Data),
}

fn talk(connection: &mut Connection<Chat>) {
    connection.as_client();
}

fn main() {
    let _ = talk;
}
