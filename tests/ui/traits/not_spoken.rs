// errors: 1
use protocol_core::{Message, Spoken};

#[derive(Message)]
#[msg_type = 1]
struct Login;

fn sent<P: Spoken>() {}

fn main() {
    sent::<Login>();
}
