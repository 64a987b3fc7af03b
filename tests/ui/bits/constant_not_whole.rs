// errors: 1
use protocol_core::Wire;

const WIDTH: usize = 5;

#[derive(Wire)]
struct Header {
    #[wire(bits = WIDTH)]
    a: u8,
    #[wire(bits = 2)]
    b: u8,
}

fn main() {}
