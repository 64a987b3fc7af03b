// errors: 2
use protocol_core::{Wire, WireOwned};

struct Foo;

fn owned<T: WireOwned>() {}

fn wire<T: for<'a> Wire<'a>>() {}

fn main() {
    owned::<Foo>();
    wire::<Foo>();
}
