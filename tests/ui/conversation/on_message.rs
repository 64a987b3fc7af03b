// errors: 2
use protocol_core::{Message, Protocol};

#[derive(Message)]
#[msg_type = 1]
struct Login;

#[derive(Message)]
#[msg_type = 3]
struct Data;

struct Start;
struct Active;

#[derive(Message)]
#[msg_type = 2]
#[wire(from = client, state = Active)]
struct Logout;

fn main() {}
