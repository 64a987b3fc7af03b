// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
#[wire(bound())]
struct Page<T> {
    item: T,
}

fn main() {}
