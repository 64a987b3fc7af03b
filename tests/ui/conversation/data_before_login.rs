// errors: 1
use protocol_core::net::blocking::Connection;
use protocol_core::{Message, Protocol};

#[derive(Message)]
#[msg_type = 1]
struct Login;

#[derive(Message)]
#[msg_type = 3]
struct Data;

struct Start;
struct Active;

#[derive(Protocol)]
#[wire(state = Start)]
enum Chat {
    #[wire(from = client, state = Start, then = Active)]
    Login(Login),
    #[wire(state = Active)]
    Data(Data),
}

fn talk(connection: &mut Connection<Chat>) {
    let mut client = connection.as_client();
    client.send(&Data).unwrap();
    let mut client = client.step(&Login).unwrap();
    client.send(&Data).unwrap();
}

fn main() {
    let _ = talk;
}
