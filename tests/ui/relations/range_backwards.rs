// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
struct Record {
    n: u8,
    a: u16,
    #[wire(checksum = crc32(a..=n))]
    sum: u32,
}

fn main() {}
