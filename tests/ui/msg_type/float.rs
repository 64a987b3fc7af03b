// errors: 1
use protocol_core::Message;

#[derive(Message)]
#[msg_type = 1.5]
struct Login;

fn main() {}
