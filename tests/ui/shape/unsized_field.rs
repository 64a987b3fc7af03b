// errors: 3
use protocol_core::Wire;

#[derive(Wire)]
struct Slice {
    a: [u8],
}

#[derive(Wire)]
struct Text {
    a: str,
}

#[derive(Wire)]
struct Object {
    a: dyn Send,
}

fn main() {}
