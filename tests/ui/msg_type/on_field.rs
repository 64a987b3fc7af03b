// errors: 1
use protocol_core::Message;

#[derive(Message)]
struct Login {
    #[msg_type = 1]
    a: u8,
}

fn main() {}
