// errors: 1
use protocol_core::Wire;

struct Foo;

#[derive(Wire)]
struct Record {
    #[wire(endian = little)]
    foo: Foo,
}

fn main() {}
