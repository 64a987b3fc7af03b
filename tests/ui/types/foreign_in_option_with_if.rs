// errors: 1
use protocol_core::Wire;

struct Foo;

#[derive(Wire)]
struct Record {
    n: u8,
    #[wire(if(n == 1))]
    foo: Option<Foo>,
}

fn main() {}
