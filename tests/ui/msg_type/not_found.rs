// errors: 1
use protocol_core::Message;

#[derive(Message)]
#[msg_type(UNKNOWN)]
struct Login;

fn main() {}
