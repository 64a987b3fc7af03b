// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
enum Kind {
    A(Foo),
    B { x: u8 },
}

struct Foo;

fn main() {}
