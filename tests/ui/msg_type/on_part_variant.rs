// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
enum Kind {
    #[msg_type = 1]
    Text,
}

fn main() {}
