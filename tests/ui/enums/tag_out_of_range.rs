// errors: 2
use protocol_core::Wire;

#[derive(Wire)]
enum Kind {
    #[wire(tag = 300)]
    A,
    #[wire(tag = 200..=256)]
    B(u16),
}

fn main() {}
