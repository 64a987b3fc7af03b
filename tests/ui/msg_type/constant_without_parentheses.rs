// errors: 2
use protocol_core::Message;

const LOGIN: u8 = 1;

#[derive(Message)]
#[msg_type = LOGIN]
struct Login;

fn main() {}
