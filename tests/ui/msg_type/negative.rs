// errors: 2
use protocol_core::Message;

#[derive(Message)]
#[msg_type = -1]
struct Login;

fn main() {}
