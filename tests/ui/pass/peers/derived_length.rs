// errors: 0
//! The count is that of the items, whatever the struct holds.

use protocol_core::{Pack, Wire};

#[derive(Wire)]
struct List {
    count: u16,
    #[wire(count = count)]
    items: Vec<u8>,
}

fn main() {
    let list = List { count: 2, items: vec![1, 2, 3, 4, 5] };
    assert_eq!(list.pack().unwrap(), [0, 5, 1, 2, 3, 4, 5]);
}
