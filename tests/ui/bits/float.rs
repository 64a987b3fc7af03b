// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
struct Header {
    #[wire(bits = 16)]
    a: f32,
}

fn main() {}
