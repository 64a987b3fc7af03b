// errors: 1
use protocol_core::{Message, Wire};

#[derive(Wire)]
struct Point(u8);

fn number<M: Message>() -> u64 {
    M::ID
}

fn main() {
    number::<Point>();
}
