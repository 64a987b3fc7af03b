// errors: 1
use protocol_core::Message;

#[derive(Message)]
#[msg_type = 300]
#[wire(id = u61)]
struct Login;

fn main() {}
