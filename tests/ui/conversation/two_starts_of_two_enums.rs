// errors: 1
use protocol_core::net::blocking::Connection;
use protocol_core::{Message, Protocol};

#[derive(Message)]
#[msg_type = 3]
struct Data;

struct Start;
struct Begin;

#[derive(Protocol)]
#[wire(state = Start)]
enum Replies {
    #[wire(state = Start)]
    Data(Data),
}

#[derive(Protocol)]
#[wire(state = Begin)]
enum Requests {
    #[wire(state = Begin)]
    Data(Data),
}

fn talk(connection: &mut Connection<Replies, Requests>) {
    connection.as_client();
}

fn main() {
    let _ = talk;
}
