// errors: 3
//! Words that nobody has to have seen elsewhere to write them.
use protocol_core::Wire;

#[derive(Wire)]
struct Record {
    #[wire(const = 3)]
    version: u8,
    #[wire(lenght = u8)]
    body: Vec<u8>,
    #[wire(crc16)]
    sum: u16,
}

fn main() {}
