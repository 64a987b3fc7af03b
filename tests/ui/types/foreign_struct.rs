// errors: 1
use protocol_core::Wire;

struct Foo;

#[derive(Wire)]
struct Record {
    a: u8,
    foo: Foo,
}

fn main() {}
