// errors: 1
use protocol_core::Wire;

struct Foo;

#[derive(Wire)]
struct Record {
    #[wire(item(len = u16))]
    foo: Foo,
}

fn main() {}
