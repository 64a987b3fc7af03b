// errors: 1
use protocol_core::Message;

#[derive(Message)]
#[msg_type = 1u8]
struct Login;

fn main() {}
