// errors: 1
use protocol_core::Message;

#[derive(Message)]
#[msg_type(340282366920938463463374607431768211456)]
struct Login;

fn main() {}
