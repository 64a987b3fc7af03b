// errors: 0
//! Fields of a packed struct may not be borrowed.

use protocol_core::{Message, Pack, Unpack, Wire};

#[derive(Wire, Clone, Copy)]
#[repr(C, packed)]
struct Point {
    kind: u8,
    x: u32,
    #[wire(endian = little)]
    y: u16,
}

#[derive(Message, Clone, Copy)]
#[msg_type = 1]
#[repr(packed(2))]
struct Line {
    from: Point,
    to: [u16; 2],
}

fn main() {
    let line = Line { from: Point { kind: 1, x: 2, y: 3 }, to: [4, 5] };
    let bytes = [1, 1, 0, 0, 0, 2, 3, 0, 0, 4, 0, 5];
    assert_eq!(line.pack().unwrap(), bytes);
    assert_eq!({ Line::unpack(&bytes).unwrap().to }, [4, 5]);
}
