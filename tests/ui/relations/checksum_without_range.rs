// errors: 2
use protocol_core::Wire;

#[derive(Wire)]
struct Record {
    n: u8,
    #[wire(checksum = crc32)]
    a: u32,
    #[wire(checksum = crc32(n))]
    b: u32,
}

fn main() {}
