// errors: 1
use protocol_core::Message;

#[derive(Message)]
#[msg_type(1, 2)]
struct Login {
    user: u8,
}

fn main() {}
