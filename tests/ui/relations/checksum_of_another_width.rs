// errors: 3
use protocol_core::Wire;

fn sum(bytes: &[u8]) -> u8 {
    bytes.iter().fold(0, |sum, byte| sum ^ byte)
}

#[derive(Wire)]
struct Sealed {
    a: u8,
    #[wire(checksum = crc32(a..=a))]
    b: u16,
}

#[derive(Wire)]
struct SealedInside {
    a: u8,
    #[wire(checksum = crc32c(a..=c))]
    b: u16,
    c: u8,
}

#[derive(Wire)]
struct SealedByOwn {
    a: u8,
    #[wire(checksum = sum(a..=a))]
    b: u16,
}

fn main() {}
