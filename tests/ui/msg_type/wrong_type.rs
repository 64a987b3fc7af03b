// errors: 1
use protocol_core::Message;

const NAME: &str = "login";

#[derive(Message)]
#[msg_type(NAME)]
#[wire(id = u16)]
struct Login;

fn main() {}
