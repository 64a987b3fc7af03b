// errors: 3
use protocol_core::Wire;

#[derive(Wire)]
struct Record<'a> {
    #[wire(item(len = u16))]
    text: String,
    #[wire(item(endian = little))]
    bytes: &'a [u8],
    #[wire(item(len = u16))]
    number: u32,
}

fn main() {}
