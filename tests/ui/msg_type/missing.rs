// errors: 1
use protocol_core::Message;

#[derive(Message)]
struct Login;

fn main() {}
