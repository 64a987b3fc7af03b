// errors: 1
use protocol_core::{Message, Protocol};

#[derive(Message)]
#[msg_type = 1]
struct Login;

fn spoken<P: Protocol>() {}

fn main() {
    spoken::<Login>();
}
