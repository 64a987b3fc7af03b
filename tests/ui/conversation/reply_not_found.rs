// errors: 1
use protocol_core::Message;

#[derive(Message)]
#[msg_type = 3]
struct Data;

#[derive(Message)]
#[msg_type = 1]
#[wire(reply = Dta)]
struct Login;

fn main() {}
