// errors: 1
use protocol_core::frame::Length;
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
    let _ = Connection::<Chat, Chat, _, _>::over(std::io::empty(), Length::default());
}
