// errors: 0
//! What comes out of `macro_rules` comes in groups without delimiters.

use protocol_core::{Message, Pack};

macro_rules! record {
    ($name:ident, $number:literal, $ty:ty, $width:ty, $max:expr, $default:expr) => {
        #[derive(Message)]
        #[msg_type = $number]
        struct $name {
            #[wire(count = $width, max = $max)]
            items: Vec<$ty>,
            #[wire(skip, default = $default)]
            cache: $ty,
            #[wire(value = $number)]
            same: u8,
        }
    };
}

record!(First, 1, u16, u8, 1 + 2, 7);
record!(Second, 2, (u8, Option<u8>), u24, 9, (1, None));

fn main() {
    let first = First { items: vec![5], cache: 0, same: 0 };
    assert_eq!(first.pack().unwrap(), [1, 1, 0, 5, 1]);
    let second = Second { items: vec![(5, Some(6))], cache: (0, None), same: 0 };
    assert_eq!(second.pack().unwrap(), [2, 0, 0, 1, 5, 1, 6, 2]);
}
