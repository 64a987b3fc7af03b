// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
#[repr(u8)]
enum Kind {
    A(u8) = 1 + 1,
    B,
}

fn main() {}
