// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
struct Login {
    #[wire(with = 1 + 1)]
    user: String,
}

fn main() {}
