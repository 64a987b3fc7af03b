// errors: 1
use protocol_core::{Endian, Wire};

#[derive(Wire)]
struct Record {
    n: u8,
    mark: u16,
    #[wire(endian = match mrk { 1 => Endian::Big, _ => Endian::Little })]
    a: u16,
    #[wire(endian = mrk == 1)]
    b: u16,
}

fn main() {}
