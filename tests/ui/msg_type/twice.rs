// errors: 1
use protocol_core::Message;

#[derive(Message)]
#[msg_type = 1]
#[msg_type = 2]
struct Login;

fn main() {}
