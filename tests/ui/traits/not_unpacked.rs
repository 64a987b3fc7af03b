// errors: 1
use protocol_core::Unpack;

struct Foo;

fn unpacked<T: for<'a> Unpack<'a>>() {}

fn main() {
    unpacked::<Foo>();
}
