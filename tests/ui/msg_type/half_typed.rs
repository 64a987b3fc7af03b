// errors: 1
use protocol_core::{Message, Pack};

#[derive(Message)]
#[msg_type = ]
struct Login;

fn main() {
    let _ = Login.pack();
}
