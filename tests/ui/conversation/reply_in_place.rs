// errors: 1
use protocol_core::net::blocking::Connection;
use protocol_core::{Message, Protocol};

#[derive(Message)]
#[msg_type = 1]
struct Login;

#[derive(Message)]
#[msg_type = 2]
struct Welcome;

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
    #[wire(from = server, state = Start)]
    Welcome(Welcome),
    #[wire(state = Active)]
    Data(Data),
}

fn talk(connection: &mut Connection<Chat>) {
    let (Login, mut server) = connection.as_server().expect::<Login>().unwrap();
    server
        .stay(|_, replies| {
            replies.queue(&Data)?;
            replies.queue(&Welcome)
        })
        .unwrap();
}

fn main() {
    let _ = talk;
}
