// errors: 3
use protocol_core::{Message, Protocol};

#[derive(Message)]
#[msg_type = 1]
struct Ping;

#[derive(Protocol)]
#[wire(version = "2")]
enum Quoted {
    Ping(Ping),
}

#[derive(Protocol)]
#[wire(version = -1)]
enum Negative {
    Ping(Ping),
}

const VERSION: u8 = 2;

#[derive(Protocol)]
#[wire(version = VERSION)]
enum Narrow {
    Ping(Ping),
}

fn main() {}
