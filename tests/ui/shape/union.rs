// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
union Both {
    a: u8,
    b: i8,
}

fn main() {}
