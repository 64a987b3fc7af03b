// errors: 1
use protocol_core::Message;

#[derive(Message)]
#[msg_type = 1]
union Both {
    a: u8,
    b: i8,
}

fn main() {}
