// errors: 4
use protocol_core::conversation::Role;
use protocol_core::{Id, Sink, Wire};

#[derive(Wire)]
struct Ratio(protocol_core::Varint<f32>);

fn number<T: Id>() {}

fn side<T: Role>() {}

fn place<T: Sink>() {}

fn main() {
    number::<u64>();
    side::<u8>();
    place::<Vec<u8>>();
}
