// errors: 1
use protocol_core::Pack;

struct Foo;

fn main() {
    packed(&Foo);
}

fn packed(_: &impl Pack) {}
