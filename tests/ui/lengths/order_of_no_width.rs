// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
struct Login {
    #[wire(len = Le<Foo>)]
    user: String,
}

fn main() {}
