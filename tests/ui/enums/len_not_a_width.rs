// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
#[wire(len = 5)]
enum Attr {
    A(u8),
}

fn main() {}
