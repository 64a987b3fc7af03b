// errors: 1
use protocol_core::net::blocking::Connection;
use protocol_core::{Message, Protocol};

#[derive(Message)]
#[msg_type = 1]
struct Ping;

#[derive(Protocol)]
enum Chat {
    Ping(Ping),
}

fn main() {
    let _ = Connection::<Chat, Chat, _, _>::over(std::net::TcpStream::connect("localhost:1").unwrap(), 4_u8);
}
