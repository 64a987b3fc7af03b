// errors: 1
use protocol_core::Message;

#[derive(Message)]
#[msg_type((70000))]
#[wire(id = u16)]
struct Login;

fn main() {}
