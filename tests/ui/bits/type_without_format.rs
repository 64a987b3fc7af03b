// errors: 1
use protocol_core::Wire;

struct Foo;

#[derive(Wire)]
struct Header {
    #[wire(bits = 8)]
    a: Foo,
}

fn main() {}
