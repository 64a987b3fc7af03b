// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
enum Start {
    One {
        #[wire(role = id)]
        kind: u8,
    },
}

fn main() {}
