// errors: 2
use protocol_core::Wire;

#[derive(Wire)]
struct Limited {
    #[wire(range = 3)]
    a: u8,
    #[wire(range = 0.5..=1.5)]
    b: u32,
}

fn main() {}
