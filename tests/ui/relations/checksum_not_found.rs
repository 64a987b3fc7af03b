// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
struct Record {
    a: u8,
    #[wire(checksum = crc23(a..=a))]
    sum: u32,
}

fn main() {}
