// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
struct Tree {
    next: Option<Tree>,
}

fn main() {}
