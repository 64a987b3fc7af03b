// errors: 1
use protocol_core::Message;

const LOGIN: u16 = 300;

#[derive(Message)]
#[msg_type(LOGIN)]
struct Login;

fn main() {}
