// errors: 1
use protocol_core::{Message, Protocol};

#[derive(Message)]
#[msg_type = 2]
#[wire(id = Le<u16>)]
struct Data;

#[derive(Protocol)]
#[wire(id = u16)]
enum Chat {
    Data(Data),
}

fn main() {}
