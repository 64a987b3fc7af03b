// errors: 5
use protocol_core::Wire;

#[derive(Wire)]
struct Record {
    #[wire(bits = 3)]
    a: u8,
    #[wire(magic = b"AA")]
    b: u16,
    #[wire(if(a == 1))]
    c: Option<u8>,
    #[wire(reserved)]
    d: u8,
    #[wire(checksum = crc32(a..=c))]
    e: u32,
}

fn main() {}
