// errors: 3
use protocol_core::Wire;

#[derive(Wire)]
struct Record {
    a: u8,
    #[wire(value = 3, checksum = crc32(a..=a))]
    sum: u32,
    #[wire(reserved, value = 3)]
    b: u8,
    #[wire(reserved, checksum = crc32(a..=a))]
    c: u32,
}

fn main() {}
