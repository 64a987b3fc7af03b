// errors: 0
#![deny(dead_code)]
// What the derive writes for the user, the user need not read.
use protocol_core::{Pack, Unpack, Wire};

#[derive(Wire)]
struct Row {
    n: u8,
    #[wire(len = n)]
    text: String,
    #[wire(value = 3)]
    version: u8,
    #[wire(reserved)]
    gap: u16,
    #[wire(checksum = crc32(n..=gap))]
    sum: u32,
    #[wire(bits = 3)]
    mode: u8,
    #[wire(bits = 5, reserved)]
    spare: u8,
    has_more: bool,
    #[wire(if(has_more))]
    more: Option<u8>,
}

#[derive(Wire)]
#[wire(tag = u8)]
enum Cell {
    Text {
        n: u8,
        #[wire(len = n)]
        text: String,
    },
}

fn main() {
    let row = Row {
        n: 0,
        text: "hi".to_owned(),
        version: 0,
        gap: 0,
        sum: 0,
        mode: 1,
        spare: 0,
        has_more: false,
        more: Some(7),
    };
    let row = Row::unpack(&row.pack().unwrap()).unwrap();
    assert_eq!((row.text.as_str(), row.mode, row.more), ("hi", 1, Some(7)));
    let cell = Cell::Text { n: 0, text: "hi".to_owned() };
    let Cell::Text { text, .. } = Cell::unpack(&cell.pack().unwrap()).unwrap();
    assert_eq!(text, "hi");
}
