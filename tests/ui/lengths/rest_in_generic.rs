// errors: 1
use protocol_core::{Pack, Wire};

// Found when it is used, so only by a real build.

#[derive(Wire)]
struct Pair<T> {
    first: T,
    #[wire(len = u8)]
    second: String,
}

#[derive(Wire)]
struct Tail(#[wire(rest)] String);

fn main() {
    let _ = Pair { first: Tail(String::new()), second: String::new() }.pack();
}
