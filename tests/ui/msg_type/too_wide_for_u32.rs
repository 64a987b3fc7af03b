// errors: 1
use protocol_core::Message;

#[derive(Message)]
#[msg_type = 4294967296]
#[wire(id = u32)]
struct Login;

fn main() {}
