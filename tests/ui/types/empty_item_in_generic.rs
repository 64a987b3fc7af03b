// errors: 1
use protocol_core::{Pack, Wire};

// Found when it is used, so only by a real build.

#[derive(Wire)]
struct Page<T> {
    items: Vec<T>,
}

#[derive(Wire)]
struct Empty;

fn main() {
    let _ = Page::<Empty> { items: vec![] }.pack();
}
