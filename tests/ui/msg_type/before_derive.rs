// errors: 1
use protocol_core::Message;

#[msg_type = 1]
#[derive(Message)]
struct Login;

fn main() {}
