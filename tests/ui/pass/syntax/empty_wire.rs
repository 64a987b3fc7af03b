// errors: 0
//! Macros may have nothing to say.

use protocol_core::{Message, Pack};

#[derive(Message)]
#[msg_type = 1]
#[wire()]
struct Login {
    #[wire()]
    id: u8,
}

fn main() {
    assert_eq!(Login { id: 2 }.pack().unwrap(), [1, 2]);
}
