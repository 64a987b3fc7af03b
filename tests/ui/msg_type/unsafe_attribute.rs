// errors: 1
use protocol_core::Message;

#[derive(Message)]
#[unsafe(msg_type = 1)]
struct Login;

fn main() {}
