// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
struct Login {
    #[wire(len = -1)]
    user: String,
}

fn main() {}
