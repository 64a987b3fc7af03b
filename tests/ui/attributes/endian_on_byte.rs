// errors: 3
use protocol_core::Wire;

#[derive(Wire)]
struct Record {
    #[wire(endian = little)]
    byte: u8,
    #[wire(endian = little)]
    flag: bool,
    #[wire(item(endian = little))]
    bytes: Vec<u8>,
}

fn main() {}
