// errors: 1
use protocol_core::Message;

#[derive(Message)]
#[msg_type = 'L']
struct Login;

fn main() {}
