// errors: 1
use protocol_core::Message;

#[derive(Message)]
#[msg_type = 1]
struct Login {
    #[wire(role = id)]
    kind: u8,
}

fn main() {}
