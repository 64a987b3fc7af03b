// errors: 4
use protocol_core::{Message, Wire};

type Text = String;
type Number = u32;

#[derive(Wire, Default, Clone)]
struct Start {
    #[wire(role = id)]
    kind: u8,
    flags: u8,
}

#[derive(Message)]
#[msg_type = 1]
#[wire(header = Start)]
struct Limited {
    #[wire(range = 1..=3)]
    a: Text,
    #[wire(value = "x")]
    b: u32,
    #[wire(checksum = crc32(a..=b))]
    sum: u16,
    #[wire(if(header.flags & 1 != 0))]
    c: Number,
}

fn main() {}
