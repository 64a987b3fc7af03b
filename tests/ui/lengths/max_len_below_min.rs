// errors: 1
use protocol_core::Message;

#[derive(Message)]
#[msg_type = 1]
#[wire(max_len = 65535)]
struct Big {
    data: [u8; 69999],
}

fn main() {}
