// errors: 2
use protocol_core::Message;

#[derive(Message)]
#[msg_type = 3]
struct Data;

#[derive(Message)]
#[msg_type = 1]
#[wire(reply = 3)]
struct Login;

#[derive(Message)]
#[msg_type = 2]
#[wire(reply = Data | Data)]
struct Logout;

fn main() {}
