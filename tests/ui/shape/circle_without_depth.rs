// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
struct A {
    b: Option<Box<B>>,
}

#[derive(Wire)]
struct B {
    a: Option<Box<A>>,
}

fn main() {}
