// errors: 1
use protocol_core::{Message, Protocol, Unpack};

#[derive(Message, Debug)]
#[msg_type = 1]
struct Ping;

#[derive(Message, Debug)]
#[msg_type = 1]
struct Pong<T> {
    value: T,
}

#[derive(Protocol, Debug)]
enum Line<T> {
    Ping(Ping),
    Pong(Pong<T>),
}

fn main() {
    let _ = Line::<u8>::unpack(b"");
}
