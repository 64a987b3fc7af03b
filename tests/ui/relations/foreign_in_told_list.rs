// errors: 1
use protocol_core::Wire;

struct Foo;

#[derive(Wire)]
struct Record {
    n: u8,
    #[wire(count = n)]
    foos: Vec<Foo>,
}

fn main() {}
