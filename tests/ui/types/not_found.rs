// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
struct Record {
    a: Foo,
}

fn main() {}
