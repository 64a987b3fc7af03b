// errors: 5
use protocol_core::Message;

#[derive(Message)]
#[msg_type = 300]
#[wire(endian = midle)]
struct Login {
    #[wire(cuont = u16)]
    items: Vec<u8>,
    #[wire(len = u8, max = 300)]
    name: String,
    #[wire(rest)]
    tail: Vec<u8>,
    last: u8,
}

fn main() {}
