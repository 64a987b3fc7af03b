// errors: 1
use protocol_core::Wire;

#[derive(Wire)]
struct Record {
    n: u8,
    body: u16,
    #[wire(checksum = crc32(n..=boddy))]
    sum: u32,
}

fn main() {}
