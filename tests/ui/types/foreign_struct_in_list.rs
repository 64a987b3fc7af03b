// errors: 1
use protocol_core::Message;

struct Foo;

#[derive(Message)]
#[msg_type = 1]
struct Record {
    a: u8,
    #[wire(count = u16)]
    foo: Vec<Foo>,
}

fn main() {}
